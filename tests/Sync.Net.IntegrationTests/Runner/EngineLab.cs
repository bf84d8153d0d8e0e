using Sync.Net.IntegrationTests.Harness;
using Sync.Net.Runner;

namespace Sync.Net.IntegrationTests.Runner;

/// <summary>A run of shell scripts on this machine that call the tool, with its results in a folder of the test's own.</summary>
internal sealed class EngineLab : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("syncnet-run-").FullName;
    private readonly string _path;
    private readonly List<RunEvent> _events = [];

    public EngineLab(string name = "lab")
    {
        string bin = Directory.CreateDirectory(Path.Combine(_folder, "bin")).FullName;
        string tool = Path.Combine(bin, "syncnet");
        File.WriteAllText(tool, $"#!/bin/sh\nexec {Programs.DotNet} exec {Programs.SyncNet} \"$@\"\n");
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(tool, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        _path = $"{bin}:{Environment.GetEnvironmentVariable("PATH")}";
        Run = new MultiHostRun(name) { Folder = Results, Progress = _events.Add };
        Directory.CreateDirectory(Work);
    }

    public MultiHostRun Run { get; }

    public string Results => Path.Combine(_folder, "results");

    public string Work => Path.Combine(_folder, "work");

    public IReadOnlyList<RunEvent> Events => _events;

    public string Log => File.ReadAllText(Path.Combine(Results, "run.log"));

    public RunMember Add(string id, string script, string? role = null) => Add(new RunMember(id) { Command = ["sh", "-c", script], Role = role, WorkingFolder = Work });

    public RunMember Add(RunMember member)
    {
        member.Environment["PATH"] = _path;
        Run.Add(member);
        return member;
    }

    public Task<RunResult> RunAsync(Func<MemberResult, CancellationToken, ValueTask>? onResult = null) =>
        Run.RunAsync(onResult, TestContext.Current.CancellationToken).Within(Bounded.Limit, () => File.Exists(Path.Combine(Results, "run.log")) ? Log : "no log");

    public string Read(string file) => File.ReadAllText(Path.Combine(Results, file));

    /// <summary>Each member's verdict, share and reason, a line each.</summary>
    public static string Summary(RunResult result) =>
        string.Join('\n', result.Members.Select(static each => $"{each.Member}: {each.Verdict}, {each.Share}{(each.Reason is null ? "" : $", {each.Reason}")}"));

    public ValueTask DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }
}
