using System.Diagnostics;
using Sync.Net.IntegrationTests.Harness;
using Sync.Net.Runner.Hosts;

namespace Sync.Net.IntegrationTests.Workers;

/// <summary>Workers on another host, by real OpenSSH.</summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class SshWorkerTests : IDisposable
{
    private const string Key = "a 'secret' $key \"of\" this run";

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private readonly TakenOutput _taken = new();
    private readonly string _cookie = TreeProcess.NewCookie();
    private readonly string _results = Directory.CreateTempSubdirectory("ssh-results-").FullName;

    private string Home => $"/tmp/sync-net-{_cookie}";

    public void Dispose() => Directory.Delete(_results, recursive: true);

    [Fact]
    public async Task OutputExitCodeAndFolder_AreItsOwn_AndTheKeyIsInNoCommandLine()
    {
        await using SshLab lab = await SshLab.CreateAsync();
        await using Worker worker = await StartAsync(lab, "echo \"$SYNC_NET_KEY\"; echo err >&2; ip -o address; pwd; until [ -e go ]; do sleep 0.05; done; exit 7");
        await _taken.CameAsync("/files\n").Within(Limit);

        Assert.DoesNotContain("secret", SshLab.CommandLines(), StringComparison.Ordinal);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(Home));
        Assert.All(Directory.EnumerateFiles(Home), f => Assert.Equal(UnixFileMode.None, File.GetUnixFileMode(f) & (UnixFileMode.OtherRead | UnixFileMode.GroupRead)));
        Assert.DoesNotContain(Directory.EnumerateFiles(Home).Where(f => !f.EndsWith(".pipe", StringComparison.Ordinal)), f => f.EndsWith("environment", StringComparison.Ordinal));
        await File.WriteAllTextAsync(Path.Combine(Home, "files/go"), "", TestContext.Current.CancellationToken);

        Assert.Equal(new WorkerEnd(7, null), await worker.Completion.Within(Limit));
        Assert.StartsWith(Key + "\n", _taken.Output, StringComparison.Ordinal);
        Assert.Contains(lab.Target.V4, _taken.Output, StringComparison.Ordinal);
        Assert.Equal("err\n", _taken.Error);
        await worker.DisposeAsync();
        Assert.False(Directory.Exists(Home));
    }

    [Fact]
    public async Task Signal_IsTold()
    {
        await using SshLab lab = await SshLab.CreateAsync();
        await using Worker worker = await StartAsync(lab, "kill -SEGV $$");

        Assert.Equal(new WorkerEnd(null, 11), await worker.Completion.Within(Limit));
    }

    [Fact]
    public async Task Files_AreCopiedBeforeAndCollectedAfter()
    {
        await using SshLab lab = await SshLab.CreateAsync();
        string given = Path.Combine(_results, "it's given.sh");
        await File.WriteAllTextAsync(given, "#!/bin/sh\necho given", TestContext.Current.CancellationToken);
        File.SetUnixFileMode(given, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        await using Worker worker = await StartAsync(lab, "mkdir logs; \"./it's given.sh\" > 'logs/a b.log'; echo 2 > r.txt; echo 3 > .hidden.txt", files: [given]);

        Assert.Equal(new WorkerEnd(0, null), await worker.Completion.Within(Limit));
        Assert.Equal(["logs/a b.log", "r.txt"], await worker.CollectAsync(["*.txt", "logs/a b.*", "none", "$(touch x)"], _results, TestContext.Current.CancellationToken));
        Assert.Equal("given\n", await File.ReadAllTextAsync(Path.Combine(_results, "logs/a b.log"), TestContext.Current.CancellationToken));
        Assert.Empty(await worker.CollectAsync(["x"], _results, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Kill_EndsItWithAllThatDetached()
    {
        await using SshLab lab = await SshLab.CreateAsync();
        await using Worker worker = await StartAsync(lab, "(setsid sleep 60 &); (env -i PATH=\"$PATH\" sleep 60 &); echo up; exec sleep 60");
        await _taken.CameAsync("up\n").Within(Limit);
        Assert.NotEmpty(ProcessTree.Find(_cookie));

        await worker.KillAsync().Within(Limit);

        Assert.Empty(ProcessTree.Find(_cookie));
        Assert.Equal(new WorkerEnd(null, 9), await worker.Completion.Within(Limit));
    }

    [Fact]
    public async Task V6_SshKilledAgainAndAgain_NothingIsLostOrDoubled()
    {
        await using SshLab lab = await SshLab.CreateAsync();
        await using Worker worker = await StartAsync(lab, "i=0; while [ $i -lt 20000 ]; do echo line $i; i=$((i + 1)); done; echo half; until [ -e go ]; do sleep 0.05; done; while [ $i -lt 40000 ]; do echo line $i; i=$((i + 1)); done");
        await _taken.CameAsync("line 100\n").Within(Limit);
        KillClients(lab);
        await _taken.CameAsync("half\n").Within(Limit);
        KillClients(lab);
        await File.WriteAllTextAsync(Path.Combine(Home, "files/go"), "", TestContext.Current.CancellationToken);

        Assert.Equal(new WorkerEnd(0, null), await worker.Completion.Within(Limit));
        Assert.Equal(string.Concat(Enumerable.Range(0, 20000).Select(i => $"line {i}\n")) + "half\n" + string.Concat(Enumerable.Range(20000, 20000).Select(i => $"line {i}\n")), _taken.Output);
    }

    [Fact]
    public async Task V6_LinkCutInsideTheLease_TheWorkerGoesOnAndItsOutputComesAfter()
    {
        await using SshLab lab = await SshLab.CreateAsync();
        await using Worker worker = await StartAsync(lab, "echo up; until [ -e go ]; do sleep 0.05; done; echo done", lease: 60);
        await _taken.CameAsync("up\n").Within(Limit);

        await lab.Network.CutAsync(lab.Target);
        await File.WriteAllTextAsync(Path.Combine(Home, "files/go"), "", TestContext.Current.CancellationToken);
        KillClients(lab);
        await lab.Network.MendAsync(lab.Target);

        Assert.Equal(new WorkerEnd(0, null), await worker.Completion.Within(Limit));
        Assert.Equal("up\ndone\n", _taken.Output);
    }

    [Fact]
    public async Task HostVanishes_IsLostAfterTheLease_AndTheWorkerEndsThere()
    {
        await using SshLab lab = await SshLab.CreateAsync();
        await using Worker worker = await StartAsync(lab, "echo up; exec sleep 60", lease: 3);
        await _taken.CameAsync("up\n").Within(Limit);
        using Process process = Process.GetProcessById(ProcessTree.Find(_cookie).First());

        await lab.Network.CutAsync(lab.Target);

        WorkerEnd end = await worker.Completion.Within(Limit);
        Assert.Contains($"host '{SshLab.Host}' was lost", end.HostLost, StringComparison.Ordinal);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken).Within(Limit);
        Assert.Empty(ProcessTree.Find(_cookie));
    }

    [Fact]
    public async Task RunnerKilled_TheWorkerEndsAfterTheLeaseAndLeavesNothing()
    {
        await using SshLab lab = await SshLab.CreateAsync();
        using Process runner = Process.Start(new ProcessStartInfo(
            Programs.DotNet,
            [Programs.TestRunner, _cookie, "6", lab.Configuration, SshLab.Host, "sh", "-c", "echo $$; exec sleep 60"]) { RedirectStandardOutput = true })!;
        string? id = await runner.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken).AsTask().Within(Limit);
        using Process worker = Process.GetProcessById(int.Parse(id!, System.Globalization.CultureInfo.InvariantCulture));

        Signals.Kill(runner.Id);

        await worker.WaitForExitAsync(TestContext.Current.CancellationToken).Within(Limit);
        Assert.Empty(ProcessTree.Find(_cookie + "-1"));
        await GoneAsync(Home + "-1").Within(Limit);
    }

    [Theory]
    [InlineData("nobody@target", "Permission denied")]
    [InlineData("10.77.0.9", "10.77.0.9")]
    [InlineData("no-such-host.invalid", "no-such-host.invalid")]
    public async Task SshRefused_IsAnErrorWithItsOwnWords(string destination, string words)
    {
        await using SshLab lab = await SshLab.CreateAsync();

        HostException e = await Assert.ThrowsAsync<HostException>(() => new SshHost(destination, lab.Configuration).StartAsync(Describe(["true"], 9), TestContext.Current.CancellationToken));

        Assert.Contains($"host '{destination}'", e.Message, StringComparison.Ordinal);
        Assert.Contains(words, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task NoSuchProgramThere_IsAnErrorThatNamesIt_AndLeavesNothing()
    {
        await using SshLab lab = await SshLab.CreateAsync();

        HostException e = await Assert.ThrowsAsync<HostException>(() => new SshHost(SshLab.Host, lab.Configuration).StartAsync(Describe(["no-such-program"], 60), TestContext.Current.CancellationToken));

        Assert.Contains("no-such-program", e.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Home));
    }

    [Fact]
    public async Task Flood_KeepsLittleOnTheHost_AndWaitsForItsTaker()
    {
        await using SshLab lab = await SshLab.CreateAsync();
        TaskCompletionSource go = new(TaskCreationOptions.RunContinuationsAsynchronously);
        long taken = 0;
        WorkerStart start = Describe(["head", "-c", "50000000", "/dev/zero"], 60) with
        {
            Output = async (piece, _) =>
            {
                await go.Task;
                taken += piece.Length;
            },
        };
        await using Worker worker = await new SshHost(SshLab.Host, lab.Configuration).StartAsync(start, TestContext.Current.CancellationToken);
        await FileAsync(Path.Combine(Home, $"o.{SshAgent.MostPieces}")).Within(Limit);
        Assert.True(Directory.EnumerateFiles(Home, "o.*").Count() <= SshAgent.MostPieces + 2);

        go.SetResult();

        Assert.Equal(new WorkerEnd(0, null), await worker.Completion.Within(Limit));
        Assert.Equal(50_000_000, taken);
    }

    private static Task FileAsync(string file) => UntilAsync(file, () => File.Exists(file));

    private static Task GoneAsync(string folder) => UntilAsync(folder, () => !Directory.Exists(folder));

    /// <summary>By the kernel's own notices of changes in the folder above.</summary>
    private static async Task UntilAsync(string path, Func<bool> isSo)
    {
        TaskCompletionSource changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        using FileSystemWatcher watcher = new(Path.GetDirectoryName(path)!);
        watcher.Created += (_, _) => Look();
        watcher.Renamed += (_, _) => Look();
        watcher.Deleted += (_, _) => Look();
        watcher.EnableRaisingEvents = true;
        Look();
        await changed.Task;

        void Look()
        {
            if (isSo()) changed.TrySetResult();
        }
    }

    private static void KillClients(SshLab lab)
    {
        foreach (int id in lab.Clients()) Signals.Kill(id);
    }

    private Task<Worker> StartAsync(SshLab lab, string script, int lease = 60, string[]? files = null) =>
        new SshHost(SshLab.Host, lab.Configuration).StartAsync(Describe(["sh", "-c", script], lease) with { Files = files ?? [] }, TestContext.Current.CancellationToken);

    private WorkerStart Describe(string[] command, int lease) => new()
    {
        Cookie = _cookie,
        Member = "m",
        Command = command,
        Environment = new Dictionary<string, string> { ["SYNC_NET_KEY"] = Key },
        LostRunnerTimeout = TimeSpan.FromSeconds(lease),
        Output = _taken.TakeAsync,
    };
}
