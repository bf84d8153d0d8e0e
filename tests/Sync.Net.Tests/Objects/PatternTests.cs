namespace Sync.Net.Tests.Objects;

/// <summary>A10: what real tests do. Everybody is a process of its own here, and the time is the real one.</summary>
public sealed class PatternTests : ObjectTest
{
    [Fact]
    public async Task A10_ServerUpAndTestDone_AgainAndAgainWithTheIterationInTheTag()
    {
        int served = 0;
        int[] seen = await AllAsync(Two.Select((id, i) => Task.Run(() => RunAsync(id, isServer: i == 0), Token)).ToArray());

        Assert.Equal([5, 15], seen);

        async Task<int> RunAsync(string self, bool isServer)
        {
            SyncOptions options = RealTime();
            int total = 0;
            for (int i = 1; i <= 5; i++)
            {
                await using var serverUp = new Barrier(self, $"server-up-{i}", null, Two, options);
                await using var testDone = new Barrier(self, $"test-done-{i}", null, Two, options);
                if (isServer) Volatile.Write(ref served, i);
                await serverUp.RendezvousAsync(Token);
                total += isServer ? 1 : Volatile.Read(ref served);
                await testDone.RendezvousAsync(Token);
            }
            return total;
        }
    }

    [Fact]
    public async Task A10_ManyJobsOnOneHost_StartTogether()
    {
        string[] jobs = [.. Enumerable.Range(10, 16).Select(i => $"h#{i}")];

        RendezvousResult[] met = await AllAsync([.. jobs.Reverse().Select(id => MakeBarrier(id, "start", jobs, RealTime()).RendezvousAsync(Token))]);

        Assert.All(met, m => Assert.Equal((16, 1L, "h#10"), (m.Count, m.Generation, m.Master)));
    }

    [Fact]
    public async Task A10_Controller_StartsAndStopsProfilersOnManyMachines()
    {
        string[] profilers = ["machine1", "machine2", "machine3"];
        int running = 0;

        Task<int>[] all = [ControlAsync(), .. profilers.Select(ProfileAsync)];

        int[] seen = await AllAsync(all);

        Assert.Equal([3, 1, 1, 1], seen);
        Assert.Equal(0, running);

        async Task<int> ControlAsync()
        {
            SyncOptions options = RealTime();
            options.Port = 11923;
            foreach (string profiler in profilers) options.Endpoints[profiler] = $"{profiler}:11922";
            await using var start = new Barrier("controller", "start", null, null, options);
            await using var started = new Barrier("controller", "started", null, null, options);
            await using var stop = new Barrier("controller", "stop", null, null, options);
            await start.RendezvousServersAsync("controller", profilers, Token);
            await started.RendezvousServersAsync("controller", profilers, Token);
            int seen = Volatile.Read(ref running);
            await stop.RendezvousServersAsync("controller", profilers, Token);
            await start.RendezvousServersAsync("controller", profilers, Token);
            return seen;
        }

        async Task<int> ProfileAsync(string self)
        {
            SyncOptions options = RealTime();
            await using var start = new Barrier(self, "start", null, null, options);
            await using var started = new Barrier(self, "started", null, null, options);
            await using var stop = new Barrier(self, "stop", null, null, options);
            await start.RendezvousServersAsync("controller", [self], Token);
            Interlocked.Increment(ref running);
            await started.RendezvousServersAsync("controller", [self], Token);
            await stop.RendezvousServersAsync("controller", [self], Token);
            Interlocked.Decrement(ref running);
            RendezvousResult again = await start.RendezvousServersAsync("controller", [self], Token);
            return (int)again.Generation - 1;
        }
    }

    [Fact]
    public async Task Rule23_MasterThatDials_TakesPartAndOnlyTheDirectionDiffers()
    {
        SimulatedProcess[] processes = [StartProcess(), StartProcess(), StartProcess()];
        string[] ids = ["controller", "machine1:700", "machine2:700#a"];
        Task<RendezvousResult>[] calls = [.. ids.Select((id, i) => MakeBarrier(id, "start", null, RealTime(processes[i]))
            .RendezvousServersAsync("controller", i == 0 ? ids[1..] : [id], Token))];

        RendezvousResult[] met = await AllAsync(calls);

        Assert.All(met, m => Assert.Equal((3, "controller"), (m.Count, m.Master)));
        Assert.All(met, m => Assert.Equal(ids, m.Arrivals.Select(a => a.Member).Order(StringComparer.Ordinal)));
        Assert.Equal([0, 1, 1], processes.Select(p => p.Listeners));
        Assert.Equal([2, 0, 0], processes.Select(p => p.Connections));
    }

    [Fact]
    public async Task A10_PassingANumber_NeedsNoSocketMadeByHand()
    {
        Task<SyncResult<int>> publisher = MakeData<int>("h#1", "port", Three, RealTime()).SyncAsync(4711, Token);
        Task<SyncResult<int>>[] readers = [.. Three[1..].Select(id => MakeData<int>(id, "port", Three, RealTime()).ReadAsync(Token))];

        Assert.All(await AllAsync([publisher, .. readers]), r => Assert.Equal(4711, r["h#1"]));
    }

    [Fact]
    public async Task A10_CleanUpRendezvousInFinally_MeetsThoughOneTestFailed()
    {
        Task<RendezvousResult>[] all = [RunAsync("h#1", fails: true), RunAsync("h#2", fails: false)];

        await Assert.ThrowsAsync<FormatException>(() => all[0].WaitAsync(Token));
        Assert.Equal(2, (await all[1].WaitAsync(Token)).Count);

        async Task<RendezvousResult> RunAsync(string self, bool fails)
        {
            RendezvousResult? met = null;
            Barrier cleanUp = MakeBarrier(self, "clean-up", Two, RealTime());
            try
            {
                if (fails) throw new FormatException("The test failed.");
            }
            finally
            {
                met = await cleanUp.RendezvousAsync(Token);
            }
            return met;
        }
    }

    private SyncOptions RealTime(SimulatedProcess? process = null)
    {
        SyncOptions options = Options(process);
        options.TimeProvider = TimeProvider.System;
        return options;
    }
}
