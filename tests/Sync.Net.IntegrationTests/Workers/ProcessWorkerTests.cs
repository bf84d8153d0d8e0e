using Sync.Net.IntegrationTests.Harness;
using Sync.Net.Runner.Hosts;

namespace Sync.Net.IntegrationTests.Workers;

/// <summary>Workers as processes of this machine.</summary>
public sealed class ProcessWorkerTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private readonly TakenOutput _taken = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("worker-test-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task OutputAndExitCode_AreItsOwn()
    {
        await using ProcessWorker worker = Start("echo \"out $GREETING\"; echo err >&2; exit 3", new() { ["GREETING"] = "a b" });

        Assert.Equal(new WorkerEnd(3, null), await worker.Completion.Within(Limit));
        Assert.Equal("out a b\n", _taken.Output);
        Assert.Equal("err\n", _taken.Error);
    }

    [Fact]
    public async Task Signal_IsTold()
    {
        await using ProcessWorker worker = Start("kill -SEGV $$");

        Assert.Equal(new WorkerEnd(null, 11), await worker.Completion.Within(Limit));
    }

    [Fact]
    public async Task ChildOutlivesIt_EndsAtItsOwnEndWithAllItWrote()
    {
        await using ProcessWorker worker = Start("(setsid sh -c 'echo child; exec sleep 60' &); i=0; while [ $i -lt 3000 ]; do echo line $i; i=$((i + 1)); done");

        Assert.Equal(new WorkerEnd(0, null), await worker.Completion.Within(Limit));

        Assert.Equal(3000, _taken.Output.Split('\n').Count(l => l.StartsWith("line ", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Kill_EndsItWithAllThatDetached()
    {
        string cookie = TreeProcess.NewCookie();
        await using ProcessWorker worker = Start("(setsid sleep 60 &); (env -i PATH=\"$PATH\" sleep 60 &); echo up; exec sleep 60", cookie: cookie);
        await _taken.CameAsync("up\n").Within(Limit);

        await worker.KillAsync().Within(Limit);

        Assert.Empty(ProcessTree.Find(cookie));
        Assert.Equal(new WorkerEnd(null, 9), await worker.Completion.Within(Limit));
    }

    [Fact]
    public async Task Kill_ScrubbedAndDetachedInASessionOfItsOwn_IsFoundByItsControlGroup()
    {
        string cookie = TreeProcess.NewCookie();
        Assert.SkipWhen(ControlGroup.Create(cookie) is null, "No control group can be made here.");
        await using ProcessWorker worker = Start("(env -i PATH=\"$PATH\" setsid sh -c 'sleep 60 & echo up'); exec sleep 60", cookie: cookie);
        await _taken.CameAsync("up\n").Within(Limit);
        Assert.True(ProcessTree.Find(cookie).Count >= 2);

        await worker.KillAsync().Within(Limit);

        Assert.Empty(ProcessTree.Find(cookie));
        Assert.Empty(ControlGroup.Processes(cookie));
        Assert.False(Directory.Exists(Path.Combine(ControlGroup.Parent!, ControlGroup.Prefix + cookie)));
    }

    [Fact]
    public async Task Flood_WaitsForItsTaker()
    {
        long taken = 0;
        await using ProcessWorker worker = ProcessWorker.Start(
            Describe(["head", "-c", "300000000", "/dev/zero"]) with { Output = (piece, _) => { taken += piece.Length; return default; } },
            WorkingFolder.Prepare(Describe(["true"]), ownIfNotGiven: false),
            [],
            TimeProvider.System);

        Assert.Equal(new WorkerEnd(0, null), await worker.Completion.Within(Limit));
        Assert.Equal(300_000_000, taken);
    }

    [Fact]
    public async Task Files_AreCopiedBeforeAndCollectedAfter()
    {
        string file = Path.Combine(_folder, "given.txt");
        await File.WriteAllTextAsync(file, "given", TestContext.Current.CancellationToken);
        WorkerStart start = Describe(["sh", "-c", "mkdir -p logs; cp given.txt logs/a.log; echo no > logs/.hidden.log; echo 2 > result.txt"]) with { Files = [file], WorkingFolder = null };
        WorkingFolder own = WorkingFolder.Prepare(start, ownIfNotGiven: true);
        string results = Path.Combine(_folder, "results");
        await using (ProcessWorker worker = ProcessWorker.Start(start, own, [], TimeProvider.System))
        {
            Assert.Equal(new WorkerEnd(0, null), await worker.Completion.Within(Limit));
            Assert.Equal(["given.txt", "logs/a.log", "result.txt"], await worker.CollectAsync(["*.txt", "logs/*.log", "none"], results, TestContext.Current.CancellationToken));
            await Assert.ThrowsAsync<HostException>(() => worker.CollectAsync(["../x"], results, TestContext.Current.CancellationToken));
        }

        Assert.Equal("given", await File.ReadAllTextAsync(Path.Combine(results, "logs/a.log"), TestContext.Current.CancellationToken));
        Assert.False(Directory.Exists(own.Path));
    }

    [Fact]
    public void NoSuchProgram_IsAnErrorThatNamesIt()
    {
        HostException e = Assert.Throws<HostException>(() => ProcessWorker.Start(Describe(["no-such-program"]), WorkingFolder.Prepare(Describe(["x"]), false), [], TimeProvider.System));

        Assert.Contains("no-such-program", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task NoSuchNamespace_IsAnErrorThatNamesIt()
    {
        HostException e = await Assert.ThrowsAsync<HostException>(() => new NamespaceHost("no-such-namespace").StartAsync(Describe(["true"]), TestContext.Current.CancellationToken));

        Assert.Contains("ip netns add no-such-namespace", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Namespace_RunsThereInAFolderOfItsOwn()
    {
        await using NetworkLab network = await NetworkLab.CreateAsync(hosts: 1);
        await using Worker worker = await new NamespaceHost(network.Hosts[0].Namespace).StartAsync(
            Describe(["sh", "-c", "ip -o address; pwd; exit 7"]) with { WorkingFolder = null }, TestContext.Current.CancellationToken);

        Assert.Equal(new WorkerEnd(7, null), await worker.Completion.Within(Limit));
        Assert.Contains(network.Hosts[0].V4, _taken.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(Directory.GetCurrentDirectory() + "\n", _taken.Output, StringComparison.Ordinal);
    }

    private ProcessWorker Start(string script, Dictionary<string, string>? environment = null, string? cookie = null)
    {
        WorkerStart start = Describe(["sh", "-c", script]) with { Environment = environment ?? [] };
        if (cookie is not null) start = start with { Cookie = cookie };
        return ProcessWorker.Start(start, WorkingFolder.Prepare(start, ownIfNotGiven: false), [], TimeProvider.System);
    }

    private WorkerStart Describe(string[] command) => new()
    {
        Cookie = TreeProcess.NewCookie(),
        Member = "m",
        Command = command,
        Environment = new Dictionary<string, string>(),
        WorkingFolder = _folder,
        LostRunnerTimeout = TimeSpan.FromSeconds(60),
        Output = _taken.TakeAsync,
    };
}
