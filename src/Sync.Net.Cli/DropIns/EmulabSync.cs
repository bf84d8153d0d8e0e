using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Sync.Net.Cli.Connecting;
using Sync.Net.Cli.Emulab;
using Sync.Net.Cli.Output;

namespace Sync.Net.Cli.DropIns;

/// <summary>Meets at a counted barrier: of our server where SYNC_NET_ENDPOINT names one, else by Emulab's own protocol.</summary>
internal sealed class EmulabSync : DropInCommand
{
    public override string Usage => "emulab-sync [-a] [-d] [-m] [-u] [-e CODE] [-i COUNT] [-n NAME] [-p PORT] [-s HOST]";

    protected override string Purpose =>
        """
        Waits at a barrier until as many wait as its initialisers said; ends with the largest code that anybody reported.
          -i COUNT  initialise: COUNT others are to wait      -a       with -i: do not wait
          -e CODE   report a code from 0 to 239               -n NAME  the barrier, of at most 63 bytes ('barrier')
          -m        end with 0 if the server is on this host, else with 1
          -s HOST   the server's host                         -p PORT  its port (16534)
          -d        tell what happens                         -u       has no effect
        Exit codes: 0 released, 1 to 239 the largest code, 240 cleared, 76 server trouble, 68 unknown host, 64 usage.
        """;

    public override int CodeOf(SyncFailureKind kind) => EmulabCodes.Of(kind);

    public override int TroubleCode(int code) => EmulabCodes.Server;

    public override async Task<int> RunAsync(string[] args, Printer output, CancellationToken cancellationToken)
    {
        EmulabArguments asked = EmulabArguments.Parse(args);
        SyncOptions options = ReadOptions();
        void Tell(string what)
        {
            if (asked.IsTalkative) Tool.Fail(0, $"emulab-sync: {what}");
        }
        try
        {
            EmulabPlace place = options.Endpoint is { } endpoint ? PlaceOf(endpoint) : EmulabPlace.Of(asked);
            if (asked.AsksForMaster) return await place.IsHereAsync(cancellationToken) ? 0 : 1;
            var deadline = new Deadline(options.Timeout);
            return options.Endpoint is null
                ? await AskAsync(place, asked, deadline, Tell, cancellationToken)
                : await MeetAsync(asked, options, deadline, Tell, cancellationToken);
        }
        catch (SocketException e)
        {
            bool isUnknown = e.SocketErrorCode is SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain or SocketError.NoRecovery;
            return Tool.Fail(isUnknown ? EmulabCodes.NoSuchHost : EmulabCodes.Server, $"emulab-sync: {e.Message}");
        }
    }

    private static async Task<int> AskAsync(
        EmulabPlace place, EmulabArguments asked, Deadline deadline, Action<string> tell, CancellationToken cancellationToken)
    {
        var request = new EmulabRequest(asked.Name, asked.Initialise is not null, asked.IsAsynchronous, asked.Initialise ?? 0, asked.Code);
        using var late = new CancellationTokenSource(deadline.Left ?? Timeout.InfiniteTimeSpan);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, late.Token);
        try
        {
            tell($"asking {place.Host}:{place.Port} for '{asked.Name}'");
            return await EmulabClient.AskAsync(place, request, tell, either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return Tool.Fail(EmulabCodes.Server, $"emulab-sync: '{asked.Name}' was not released in time (SYNC_NET_TIMEOUT)");
        }
    }

    private static async Task<int> MeetAsync(
        EmulabArguments asked, SyncOptions options, Deadline deadline, Action<string> tell, CancellationToken cancellationToken)
    {
        bool isOpen = options.Roster is null && options.Roles is null;
        // Where clients with Emulab's protocol are, too.
        if (Environment.GetEnvironmentVariable("SYNC_NET_GROUP") is null) options.Group = new EmulabServerOptions().Group;
        // Emulab counts processes: several of one host are several waiters. In a closed group only members can be.
        if (isOpen) options.Member = ProcessOf(options.Member ?? Dns.GetHostName());
        await using SyncGroup group = await JoinAsync(options, deadline, cancellationToken);
        tell($"{group.Self} is in the group '{group.Name}' at {options.Endpoint}");
        CountedBarrier barrier = group.CountedBarrier(asked.Name);
        if (asked is { Initialise: { } credit, IsAsynchronous: true })
        {
            await barrier.AddAsync(credit, asked.Code, deadline.Left, cancellationToken);
            return 0;
        }
        CountedResult met = asked.Initialise is { } count
            ? await barrier.InitializeAsync(count, asked.Code, deadline.Left, cancellationToken)
            : await barrier.WaitAsync(null, asked.Code, deadline.Left, cancellationToken);
        tell(met.ToString());
        return EmulabCodes.Of(met);
    }

    private static string ProcessOf(string member) => string.Create(
        CultureInfo.InvariantCulture, $"{member}{(member.Contains('#', StringComparison.Ordinal) ? '-' : '#')}{Environment.ProcessId}-{Environment.TickCount64:x}");

    private static EmulabPlace PlaceOf(string endpoint) => endpoint.StartsWith("unix:", StringComparison.Ordinal)
        ? new EmulabPlace("127.0.0.1", 1)
        : EmulabPlace.Parse(endpoint, EmulabServerOptions.DefaultPort)!;
}
