using System.Net;
using System.Net.Sockets;
using Sync.Net.Cli.Connecting;
using Sync.Net.Transport;

namespace Sync.Net.Tests.Cli.Connecting;

/// <summary>A command's own connection and time, which take no thread.</summary>
public sealed class CommandLoopTests
{
    private static readonly TimeSpan Ample = TimeSpan.FromSeconds(10);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ReadOnce_BytesCame_CompletesTheReadOnTheCallingThread()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "uses Linux's calls");
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        await using CommandStream stream = ConnectTo(listener);
        using Socket server = await listener.AcceptSocketAsync(Token);
        await stream.WriteAsync("ping"u8.ToArray(), Token);
        byte[] received = new byte[8];
        Assert.Equal(4, await server.ReceiveAsync(received, Token));

        int? thread = null;
        Task<int> reading = ReadAsync();
        await server.SendAsync("pong"u8.ToArray(), Token);

        Assert.False(reading.IsCompleted);
        Assert.Equal(CommandStream.Look.Read, stream.ReadOnce(Ample));
        Assert.Equal(Environment.CurrentManagedThreadId, thread);
        Assert.Equal(4, await reading);
        Assert.Equal("pong"u8.ToArray(), received[..4]);

        async Task<int> ReadAsync()
        {
            int count = await stream.ReadAsync(received, Token).ConfigureAwait(false);
            thread = Environment.CurrentManagedThreadId;
            return count;
        }
    }

    [Fact]
    public async Task ReadOnce_StreamDisposedMeanwhile_EndsTheReadAndThenIsOver()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "uses Linux's calls");
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        CommandStream stream = ConnectTo(listener);
        using Socket server = await listener.AcceptSocketAsync(Token);
        Task<int> reading = stream.ReadAsync(new byte[8], Token).AsTask();
        Task<CommandStream.Look> looking = Task.Run(() => stream.ReadOnce(Timeout.InfiniteTimeSpan), Token);

        await stream.DisposeAsync();

        Assert.Equal(CommandStream.Look.Read, await looking.WaitAsync(Ample, Token));
        await Task.WhenAny(reading).WaitAsync(Ample, Token);
        Assert.True(reading.IsFaulted || await reading == 0);
        Assert.Equal(CommandStream.Look.Over, stream.ReadOnce(Ample));
    }

    [Fact]
    public async Task WriteAsync_MoreThanTheKernelTakes_ArrivesWhole()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "uses Linux's calls");
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        await using CommandStream stream = ConnectTo(listener);
        using Socket server = await listener.AcceptSocketAsync(Token);
        byte[] sent = new byte[16 * 1024 * 1024];
        new Random(1).NextBytes(sent);

        Task writing = stream.WriteAsync(sent, Token).AsTask();
        byte[] received = new byte[sent.Length];
        await using var reader = new NetworkStream(server);
        await reader.ReadExactlyAsync(received, Token);

        await writing.WaitAsync(Ample, Token);
        Assert.Equal(sent, received);
    }

    [Theory]
    [InlineData("127.0.0.1", "127.0.0.1")]
    [InlineData("0.0.0.0", "127.0.0.1")]
    [InlineData("0.0.0.0", "127.3.4.5")]
    [InlineData("::1", "::1")]
    [InlineData("::", "::1")]
    public async Task ConnectOrNull_ServerOfThisHost_IsReachedByItsSocket(string listen, string dial)
    {
        Assert.SkipUnless(HostSocket.IsSupported, "Abstract names of Unix sockets are Linux's.");
        Assert.SkipUnless(Socket.OSSupportsIPv6 || !dial.Contains(':'), "There is no IPv6 on this system.");
        var bound = new IPEndPoint(IPAddress.Parse(listen), 65004);
        using Socket near = HostSocket.TryListen(bound)!;

        // Nobody listens at the port itself.
        await using var stream = new CommandStream(PromptSocket.ConnectOrNull(dial, bound.Port, null, Ample)!);

        using Socket server = await near.AcceptAsync(Token);
        await stream.WriteAsync("ping"u8.ToArray(), Token);
        Assert.Equal(4, await server.ReceiveAsync(new byte[8], Token));
    }

    [Fact]
    public void ConnectOrNull_NobodyListensOrTheHostIsAName_GivesNull()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        int port = PortOf(listener);
        listener.Stop();

        Assert.Null(PromptSocket.ConnectOrNull("127.0.0.1", port, null, Ample));
        Assert.Null(PromptSocket.ConnectOrNull("localhost", port, null, Ample));
        Assert.Null(PromptSocket.ConnectOrNull("", 0, "/no/such/socket", Ample));
    }

    [Fact]
    public async Task CommandTime_DueSoonRunsAtOnce_DueLaterOnceTimersRun()
    {
        var time = new CommandTime(CommandLoop.Soon);
        var soon = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var later = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using ITimer first = time.CreateTimer(_ => soon.TrySetResult(), null, TimeSpan.FromMilliseconds(1), Timeout.InfiniteTimeSpan);
        await using ITimer second = time.CreateTimer(_ => later.TrySetResult(), null, CommandLoop.Soon, Timeout.InfiniteTimeSpan);
        await using ITimer never = time.CreateTimer(_ => later.TrySetException(new InvalidOperationException("disposed of")), null, CommandLoop.Soon, Timeout.InfiniteTimeSpan);
        await never.DisposeAsync();

        await soon.Task.WaitAsync(Ample, Token);
        time.Run();

        await later.Task.WaitAsync(Ample, Token);
    }

    private static CommandStream ConnectTo(TcpListener listener) =>
        new(PromptSocket.ConnectOrNull("127.0.0.1", PortOf(listener), null, Ample)!);

    private static int PortOf(TcpListener listener) => ((IPEndPoint)listener.LocalEndpoint).Port;
}
