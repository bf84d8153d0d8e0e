using System.Globalization;
using System.Net;
using System.Runtime.InteropServices;
using System.Text;
using Sync.Net.Cli.CommandLine;
using Sync.Net.Cli.Connecting;
using Sync.Net.Cli.Emulab;
using Sync.Net.Cli.Output;
using Sync.Net.Cli.Processes;
using Sync.Net.Cli.State;

namespace Sync.Net.Cli.Verbs;

/// <summary>A server of its own, until it is told to stop.</summary>
internal sealed class ServeVerb : Verb
{
    public override Syntax Syntax => new(
        "serve [--listen HOST:PORT] [--port-file FILE] [--server-file FILE] [--key-file FILE] [--allow-unauthenticated] [--emulab-port PORT] [--state FILE]",
        0,
        0,
        ["--listen", "--port-file", "--server-file", "--key-file", "--emulab-port", "--state"],
        ["--allow-unauthenticated", "--json"]);

    public override bool ListensAtOnce => true;

    public override async Task<int> RunAsync(Line line, Printer output, CancellationToken cancellationToken)
    {
        SyncServerOptions options = new()
        {
            Key = MemberOptions.Read(line).Key,
            AllowUnauthenticated = line.Has("--allow-unauthenticated"),
        };
        if (line.Get("--listen") is { } listen) options.Listen = listen;
        using SqliteStore? state = line.Get("--state") is { } file ? SqliteStore.Open(file) : null;
        options.Store = state;
        // The port of an earlier server is nobody's.
        if (line.Get("--port-file") is { } former) File.Delete(former);
        await using SyncServer server = await StartAsync(options, line, cancellationToken);
        using PosixSignalRegistration clear = PosixSignalRegistration.Create(PosixSignal.SIGHUP, context =>
        {
            context.Cancel = true;
            server.ClearCounts("the operator cleared the counted barriers (SIGHUP)");
        });
        await using EmulabServer? emulab = await EmulabAsync(line, server, cancellationToken);
        Announce(line, server, output);
        ServiceManager.Tell("READY=1");
        try
        {
            await server.Completion.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            ServiceManager.Tell("STOPPING=1");
            await server.StopAsync(CancellationToken.None);
        }
        return ExitCodes.Success;
    }

    private static async Task<SyncServer> StartAsync(SyncServerOptions options, Line line, CancellationToken cancellationToken)
    {
        try
        {
            return await SyncServer.StartAsync(options, cancellationToken);
        }
        catch (IOException e) when (options.Store is not null)
        {
            throw new IOException($"the state file '{line.Get("--state")}' is not used, and not changed: {e.Message} {StateFile.Remedy}", e);
        }
    }

    private static async Task<EmulabServer?> EmulabAsync(Line line, SyncServer server, CancellationToken cancellationToken)
    {
        if (line.Get("--emulab-port") is not { } text) return null;
        if (!ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out ushort port))
            throw new UsageException($"--emulab-port takes a port from 0 to 65535, and not '{text}'");
        bool isRemote = line.Has("--allow-unauthenticated");
        return await EmulabServer.StartAsync(
            server,
            new EmulabServerOptions { Listen = new IPEndPoint(isRemote ? IPAddress.Any : IPAddress.Loopback, port), AllowRemote = isRemote },
            cancellationToken);
    }

    /// <summary>Whoever reads the line finds the files.</summary>
    private static void Announce(Line line, SyncServer server, Printer output)
    {
        WriteFiles(line, server);
        output.Value(server.Endpoint);
    }

    private static void WriteFiles(Line line, SyncServer server)
    {
        int colon = server.Endpoint.LastIndexOf(':');
        bool hasPort = int.TryParse(server.Endpoint.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out int port);
        if (line.Get("--port-file") is { } portFile)
        {
            if (!hasPort) throw new UsageException("a Unix socket has no port for --port-file");
            AtomicFile.Write(portFile, Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{port}\n")));
        }
        if (line.Get("--server-file") is not { } serverFile) return;
        bool isWild = server.Endpoint.StartsWith("0.0.0.0:", StringComparison.Ordinal) || server.Endpoint.StartsWith("[::]:", StringComparison.Ordinal);
        string place = isWild ? string.Create(CultureInfo.InvariantCulture, $"{Dns.GetHostName()}:{port}") : server.Endpoint;
        AtomicFile.Write(serverFile, Encoding.UTF8.GetBytes(place + "\n"));
    }
}
