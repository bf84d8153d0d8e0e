using Sync.Net.Transport;

namespace Sync.Net.Tests.Runtime.Server;

public sealed class StartTests : BoundedTest
{
    private const string Key = "0123456789abcdef";

    [Fact]
    public async Task Start_NoOptions_ListensOnLoopbackAtAChosenPort()
    {
        await using SyncServer server = await SyncServer.StartAsync(cancellationToken: Token);

        SyncEndpoint endpoint = SyncEndpoint.Parse(server.Endpoint);
        Assert.Equal("127.0.0.1", endpoint.Host);
        Assert.NotEqual(0, endpoint.Port);
        Assert.False(server.Completion.IsCompleted);
    }

    [Fact]
    public async Task Start_AddressInUse_ThrowsAndNamesIt()
    {
        await using SyncServer first = await SyncServer.StartAsync(cancellationToken: Token);

        SyncException e = await Assert.ThrowsAsync<SyncException>(
            () => SyncServer.StartAsync(new SyncServerOptions { Listen = first.Endpoint }, Token));

        Assert.Contains(first.Endpoint, e.Message, StringComparison.Ordinal);
        Assert.Equal(BindFailure.InUse, Assert.IsType<BindException>(e.InnerException).Failure);
    }

    [Theory]
    [InlineData("0.0.0.0:0")]
    [InlineData("[::]:0")]
    [InlineData("192.0.2.1:0")]
    public async Task Start_OffLoopbackWithoutKey_ThrowsAndSaysWhatToSet(string listen)
    {
        InvalidOperationException e = await Assert.ThrowsAsync<InvalidOperationException>(
            () => SyncServer.StartAsync(new SyncServerOptions { Listen = listen }, Token));

        Assert.Contains(listen, e.Message, StringComparison.Ordinal);
        Assert.Contains("Key", e.Message, StringComparison.Ordinal);
        Assert.Contains("AllowUnauthenticated", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Key, false)]
    [InlineData(null, true)]
    public async Task Start_OffLoopbackWithKeyOrLeave_Listens(string? key, bool allow)
    {
        var options = new SyncServerOptions { Listen = "0.0.0.0:0", Key = key, AllowUnauthenticated = allow };

        await using SyncServer server = await SyncServer.StartAsync(options, Token);

        SyncOptions member = server.CreateMemberOptions("a", "client");
        Assert.StartsWith("127.0.0.1:", member.Endpoint, StringComparison.Ordinal);
        Assert.Equal(key, member.Key);
        Assert.Equal(("a", "client"), (member.Member, member.Role));
    }

    [Fact]
    public async Task Start_AfterStop_TakesTheSamePort()
    {
        SyncServer first = await SyncServer.StartAsync(cancellationToken: Token);
        await first.StopAsync(Token);

        await using SyncServer second = await SyncServer.StartAsync(new SyncServerOptions { Listen = first.Endpoint }, Token);

        Assert.Equal(first.Endpoint, second.Endpoint);
        Assert.NotEqual(first.Term.Id, second.Term.Id);
    }

    [Fact]
    public async Task Start_UnusableOptions_ThrowsAndListsThem()
    {
        var options = new SyncServerOptions { Listen = "nowhere", Key = "short" };

        ArgumentException e = await Assert.ThrowsAnyAsync<ArgumentException>(() => SyncServer.StartAsync(options, Token));

        Assert.Contains("Listen", e.Message, StringComparison.Ordinal);
        Assert.Contains("Key", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_Cancelled_ThrowsWithTheToken()
    {
        var cancelled = new CancellationToken(canceled: true);

        OperationCanceledException e = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => SyncServer.StartAsync(null, cancelled));

        Assert.Equal(cancelled, e.CancellationToken);
    }

    [Fact]
    public async Task Options_ChangedAfterStart_HaveNoEffect()
    {
        var options = new SyncServerOptions { Key = Key };
        await using SyncServer server = await SyncServer.StartAsync(options, Token);

        options.Key = null;
        options.Limits.MaxFrameBytes = 1;

        SyncOptions member = server.CreateMemberOptions("a");
        Assert.Equal(Key, member.Key);
        Assert.NotEqual(1, member.Limits.MaxFrameBytes);
    }
}
