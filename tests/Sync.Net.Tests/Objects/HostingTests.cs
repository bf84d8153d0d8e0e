using Sync.Net.Tests.Runtime.Server;
using Sync.Net.Transport;

namespace Sync.Net.Tests.Objects;

/// <summary>RULES 3, 7, 20, 22: who hosts, and what the objects of one process share.</summary>
public sealed class HostingTests : ObjectTest
{
    private static readonly SyncEndpoint Masters = SyncEndpoint.Tcp("h", 11922);

    [Fact]
    public async Task Rule20_EndpointGiven_NobodyHosts()
    {
        SimulatedProcess process = StartProcess();
        SyncOptions options = Options(process);
        options.Endpoint = "server:1";
        Task<RendezvousResult> call = MakeBarrier("h#1", "x", Two, options).RendezvousAsync(TimeSpan.FromSeconds(5), Token);
        await AdvanceUntilAsync(Task.WhenAny(call));

        Assert.Equal((SyncFailureKind.Timeout, "server:1"), ((await FailureAsync(call)).Kind, (await FailureAsync(call)).Endpoint));
        Assert.Equal(0, process.Listeners);
    }

    [Fact]
    public async Task Rule20_NamedMaster_HostsThoughAnotherIsFirst()
    {
        SimulatedProcess[] processes = [StartProcess(), StartProcess()];
        SyncOptions[] options = [.. processes.Select(Options)];
        foreach (SyncOptions each in options) each.Master = "h#2";
        Task<RendezvousResult> hosts = MakeBarrier("h#2", "x", Two, options[1]).RendezvousAsync(Token);

        RendezvousResult[] met = await AllAsync(hosts, MakeBarrier("h#1", "x", Two, options[0]).RendezvousAsync(Token));

        Assert.All(met, m => Assert.Equal("h#2", m.Master));
        Assert.Equal((0, 1), (processes[0].Listeners, processes[1].Listeners));
    }

    [Fact]
    public async Task Rule20_ObjectsOfOneId_AreOneMemberWithOneConnection()
    {
        SimulatedProcess[] processes = [StartProcess(), StartProcess()];
        for (int round = 0; round < 2; round++)
        {
            Task<RendezvousResult>[] calls = [.. Two.SelectMany((id, i) => new[] { "server-up", "test-done" }
                .Select(tag => MakeBarrier(id, $"{tag} {round}", Two, Options(processes[i])).RendezvousAsync(Token)))];
            Task<SyncResult<string>>[] exchanges =
                [.. Two.Select((id, i) => MakeData<string>(id, $"setup {round}", Two, Options(processes[i])).SyncAsync(id, Token))];

            await AllAsync(calls);
            await AllAsync(exchanges);
        }

        Assert.Equal((0, 1), (processes[0].Connections, processes[1].Connections));
        Assert.Equal((1, 0), (processes[0].Listeners, processes[1].Listeners));
    }

    [Fact]
    public async Task Rule20_ObjectsOfTheMastersProcess_ShareItsServerUntilTheLastOneGoes()
    {
        SimulatedProcess process = StartProcess();
        SyncOptions other = Options(process);
        other.Group = "other";
        Barrier[] barriers =
            [MakeBarrier("h#1", "x", Two, Options(process)), MakeBarrier("h#1", "y", Two, Options(process)), MakeBarrier("h#1", "x", Two, other)];
        Task<RendezvousResult>[] calls = [.. barriers.Select(b => b.RendezvousAsync(Token))];
        Assert.Equal(1, process.Listeners);

        foreach (Barrier barrier in barriers)
        {
            await (await StartProcess().ConnectAsync(Masters, Token)).DisposeAsync();
            await AdvanceUntilAsync(barrier.DisposeAsync().AsTask());
        }

        await Assert.ThrowsAsync<IOException>(() => StartProcess().ConnectAsync(Masters, Token).AsTask());
        foreach (Task<RendezvousResult> call in calls) await Assert.ThrowsAsync<ObjectDisposedException>(() => call);
    }

    [Fact]
    public async Task Rule22_AnotherKeyInOneProcess_IsAnErrorThatSaysSo()
    {
        SimulatedProcess process = StartProcess();
        SyncOptions[] options = [Options(process), Options(process)];
        options[0].Key = "the key of this test run";
        options[1].Key = "the key of another test run";
        foreach (SyncOptions each in options) each.ListenAddress = "h";
        Task<RendezvousResult> holds = MakeBarrier("h#1", "x", Two, options[0]).RendezvousAsync(Token);

        Task<RendezvousResult> wrong = MakeBarrier("h#1", "x", Two, options[1]).RendezvousAsync(Token);
        await AdvanceUntilAsync(process.Connected);
        SyncFailure failure = await FailureAsync(wrong);

        Assert.Equal(SyncFailureKind.Refused, failure.Kind);
        Assert.Contains("key", failure.Reason, StringComparison.Ordinal);
        Assert.False(holds.IsCompleted);
    }

    [Fact]
    public async Task Rule3_DisposeOfTheHostingSide_WaitsForNobodyToLeave()
    {
        SimulatedProcess[] processes = [StartProcess(), StartProcess()];
        Barrier[] serverUp = [.. Two.Select((id, i) => MakeBarrier(id, "server-up", Two, Options(processes[i])))];
        await AllAsync([.. serverUp.Select(b => b.RendezvousAsync(Token))]);
        Task<RendezvousResult> waits = MakeBarrier("h#2", "test-done", Two, Options(processes[1])).RendezvousAsync(Token);

        // The time stands still: the two seconds of a deaf member are not used.
        await serverUp[0].DisposeAsync().AsTask().WaitAsync(Token);

        Assert.False(waits.IsCompleted);
    }

    [Fact]
    public async Task Rule3_DisposeOfTheHostingSide_WaitsTwoSecondsForADeafMember()
    {
        Barrier barrier = MakeBarrier("h#1", "x", Two);
        Task<RendezvousResult> call = barrier.RendezvousAsync(Token);
        await using RawMember deaf = await (await RawMember.OpenAsync(StartProcess(), Masters, "h#2", Token)).ShakeHandsAsync();

        Task disposing = barrier.DisposeAsync().AsTask();
        await deaf.ReceiveAsync<Sync.Net.Wire.ClosingFrame>();
        TimeSpan before = Time.GetUtcNow() - Time.Start;
        Assert.False(disposing.IsCompleted);
        await AdvanceUntilAsync(disposing);

        Assert.True(Time.GetUtcNow() - Time.Start - before >= TimeSpan.FromSeconds(2));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => call);
    }

    [Fact]
    public async Task A8_CallDuringTheGoodbyeOfAFormerObject_EndsOnTime()
    {
        SimulatedProcess process = StartProcess();
        Barrier former = MakeBarrier("h#1", "x", Two, Options(process));
        Task<RendezvousResult> call = former.RendezvousAsync(Token);
        await using RawMember deaf = await (await RawMember.OpenAsync(StartProcess(), Masters, "h#2", Token)).ShakeHandsAsync();
        Task goodbye = former.DisposeAsync().AsTask();
        await deaf.ReceiveAsync<Sync.Net.Wire.ClosingFrame>();

        Barrier next = MakeBarrier("h#1", "y", Two, Options(process));
        Task<RendezvousResult> late = next.RendezvousAsync(TimeSpan.FromMilliseconds(500), Token);
        using var mine = new CancellationTokenSource();
        Task<RendezvousResult> cancelled = MakeBarrier("h#1", "z", Two, Options(process)).RendezvousAsync(mine.Token);
        await mine.CancelAsync();
        Time.Advance(TimeSpan.FromMilliseconds(500));

        Assert.False(goodbye.IsCompleted);
        Assert.Equal(SyncFailureKind.Timeout, (await FailureAsync(late)).Kind);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled.WaitAsync(Token));
        await AdvanceUntilAsync(goodbye);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => call);
    }

    [Fact]
    public async Task Rule7_DisposedMember_IsAbsentAndIsWaitedFor()
    {
        SimulatedProcess[] processes = [StartProcess(), StartProcess()];
        Barrier master = MakeBarrier("h#1", "x", Two, Options(processes[0]));
        Barrier other = MakeBarrier("h#2", "x", Two, Options(processes[1]));
        await AllAsync(master.RendezvousAsync(Token), other.RendezvousAsync(Token));
        Task<RendezvousResult> waits = master.RendezvousAsync(Token);
        await other.DisposeAsync().AsTask().WaitAsync(Token);
        Assert.False(waits.IsCompleted);

        RendezvousResult[] met = await AllAsync(waits, MakeBarrier("h#2", "x", Two, Options(processes[1])).RendezvousAsync(Token));

        Assert.All(met, m => Assert.Equal(2, m.Generation));
    }
}
