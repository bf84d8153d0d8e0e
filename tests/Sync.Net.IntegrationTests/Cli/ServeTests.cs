using System.Net.Sockets;
using System.Text;
using Sync.Net.IntegrationTests.Harness;

namespace Sync.Net.IntegrationTests.Cli;

/// <summary>The server as a service.</summary>
public sealed class ServeTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task NotifySocket_IsToldReadyOnceTheServerCanBeReachedAndStopping(bool isAbstract)
    {
        string folder = Directory.CreateTempSubdirectory("notify-").FullName;
        string path = isAbstract ? $"@sync-net-test-{Environment.ProcessId}-{Guid.NewGuid():N}" : Path.Combine(folder, "notify");
        using Socket manager = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        manager.Bind(new UnixDomainSocketEndPoint(isAbstract ? "\0" + path[1..] : path));
        await using ToolLab lab = await ToolLab.StartAsync();
        string portFile = Path.Combine(lab.Folder, "notified-port");
        lab.Variables["NOTIFY_SOCKET"] = path;

        Command serve = lab.Start(null, "serve", "--port-file", portFile);
        Assert.Equal("READY=1", await HearAsync(manager));
        lab.Variables["SYNC_NET_ENDPOINT"] = $"127.0.0.1:{(await File.ReadAllTextAsync(portFile, TestContext.Current.CancellationToken)).Trim()}";
        Assert.Equal(0, (await lab.RunAsync("a", "send", "hello", "--timeout", "10")).ExitCode);
        PosixSignals.Send(serve, PosixSignals.Terminate);

        Assert.Equal("STOPPING=1", await HearAsync(manager));
        Assert.Equal(0, (await serve.EndAsync()).ExitCode);
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task NotifySocket_NobodyListens_TheServerServesAllTheSame()
    {
        await using ToolLab lab = await ToolLab.StartAsync();
        lab.Variables["NOTIFY_SOCKET"] = Path.Combine(lab.Folder, "nobody");

        Command serve = lab.Start(null, "serve");
        lab.Variables["SYNC_NET_ENDPOINT"] = await serve.FirstLineAsync();

        Assert.Equal(0, (await lab.RunAsync("a", "send", "hello")).ExitCode);
        PosixSignals.Send(serve, PosixSignals.Terminate);
        ProgramRun run = await serve.EndAsync();
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("can't be told READY=1", run.Error, StringComparison.Ordinal);
    }

    private static async Task<string> HearAsync(Socket manager)
    {
        byte[] datagram = new byte[256];
        int length = await manager.ReceiveAsync(datagram, TestContext.Current.CancellationToken).AsTask().Within(Bounded.Limit, what: "a datagram of the server");
        return Encoding.UTF8.GetString(datagram, 0, length);
    }
}
