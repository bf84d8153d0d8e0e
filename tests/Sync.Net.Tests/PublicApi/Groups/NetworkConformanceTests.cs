using Sync.Net.Tests.Objects;
using Sync.Net.Transport;

namespace Sync.Net.Tests.PublicApi.Groups;

/// <summary>Groups whose members and server are processes of their own, as far as the library can tell.</summary>
public abstract class NetworkConformanceTests : GroupConformanceTests
{
    private readonly Dictionary<string, SimulatedProcess> _processes = [];
    private SimulatedProcess? _serverProcess;
    private SyncServer? _server;

    private protected abstract ITransport Network { get; }

    private protected abstract string Listen { get; }

    private protected override async Task<SyncOptions> OptionsAsync(string member, SyncOptions declared)
    {
        SyncServer server = _server ??= await SyncServer.StartAsync(
            new SyncServerOptions { Listen = Listen, Transport = _serverProcess = new SimulatedProcess(Network) }, Token);
        SyncOptions options = server.CreateMemberOptions(member);
        options.Transport = _processes[member] = new SimulatedProcess(Network);
        options.Random = new Random(1);
        CopyDeclaration(declared, options);
        return options;
    }

    private protected override async Task EndProcessAsync(SyncGroup member)
    {
        _processes[member.Self].Kill();
        await member.KillAsync();
    }

    private protected override async Task<SyncOptions> TwinOfAsync(SyncGroup member)
    {
        SimulatedProcess own = _processes[member.Self];
        SyncOptions twin = await OptionsAsync(member.Self, Declared(string.Join(' ', member.Members.Select(each => each.Id))));
        _processes[member.Self] = own;
        return twin;
    }

    private protected override async Task StopAsync()
    {
        if (_server is not null) await _server.DisposeAsync();
    }

    [Fact]
    public async Task L11_NoServer_IsATimeoutOfTheCallToJoin()
    {
        SyncOptions options = await OptionsAsync("a", Declared("a b"));
        _serverProcess!.Kill();
        options.Timeout = TimeSpan.Zero;

        SyncFailure failure = await FailureAsync(SyncGroup.JoinAsync(options, Token), SyncFailureKind.Timeout);

        Assert.False(failure.Undecided);
        Assert.Contains("no server was reached", failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task L2_ServerLost_ConnectionLostIsToldAndNothingPasses()
    {
        SyncOptions options = await OptionsAsync("a", Declared("a b"));
        options.ReconnectWindow = TimeSpan.Zero;
        SyncGroup a = Keep(await SyncGroup.JoinAsync(options, Token));
        Task<SyncMessages> wait = a.WaitAsync("x", Token);
        await SettleAsync(a);

        _serverProcess!.Kill();

        Assert.True((await FailureAsync(wait, SyncFailureKind.ServerLost)).Undecided);
        await UntilAsync(() => a.ConnectionLost.IsCancellationRequested);
        await FailureAsync(a.SendAsync("x", Token), SyncFailureKind.ServerLost);
        await FailureAsync(a.WaitAsync("x", TimeSpan.Zero, cancellationToken: Token), SyncFailureKind.ServerLost);
    }

    [Fact]
    public async Task Run_ServerLost_CancelsTheBody()
    {
        SyncOptions options = await OptionsAsync("a", Declared("a b"));
        options.ReconnectWindow = TimeSpan.Zero;

        Task run = SyncGroup.RunAsync(
            options,
            async (group, token) =>
            {
                _serverProcess!.Kill();
                var cancelled = new TaskCompletionSource();
                await using CancellationTokenRegistration registered = token.Register(cancelled.SetResult);
                await cancelled.Task;
                token.ThrowIfCancellationRequested();
            },
            Token);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.WaitAsync(Token));
    }
}
