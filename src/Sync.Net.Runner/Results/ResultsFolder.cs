using System.Globalization;
using Sync.Net.Runner.Engine;
using Sync.Net.Runner.Reports;

namespace Sync.Net.Runner.Results;

/// <summary>The folder of a run: its log, a numbered folder a worker, and the results.</summary>
internal sealed class ResultsFolder : IAsyncDisposable
{
    private readonly string _path;

    /// <exception cref="IOException">The folder can't be made.</exception>
    public ResultsFolder(string path)
    {
        _path = Path.GetFullPath(path);
        Directory.CreateDirectory(_path);
        Log = new RunLog(Path.Combine(_path, "run.log"));
    }

    public RunLog Log { get; }

    /// <summary>Makes a member's folder, and writes what its processes are told, but for the key.</summary>
    public void Begin(MemberRun member, IReadOnlyDictionary<string, string> environment)
    {
        Directory.CreateDirectory(FolderOf(member));
        IEnumerable<string> lines = environment.Where(static each => !each.Key.StartsWith("SYNC_NET_KEY", StringComparison.Ordinal))
            .OrderBy(static each => each.Key, StringComparer.Ordinal).Select(static each => $"{each.Key}={each.Value}");
        File.WriteAllLines(Path.Combine(FolderOf(member), "environment"), lines);
    }

    public OutputFile OutputOf(MemberRun member) => new(Path.Combine(FolderOf(member), "output.log"));

    public string RecordOf(MemberRun member) => Path.Combine(FolderOf(member), "record.jsonl");

    public string FilesOf(MemberRun member) => Path.Combine(FolderOf(member), "files");

    /// <summary>The exit code, as a shell tells it; no file where there is none.</summary>
    public void End(MemberRun member)
    {
        int? code = member.ExitCode ?? 128 + member.Signal;
        if (code is { } known) File.WriteAllText(Path.Combine(FolderOf(member), "exit-code"), string.Create(CultureInfo.InvariantCulture, $"{known}\n"));
    }

    /// <summary>Writes the results, and the reports that are made of them.</summary>
    public void Save(RunResult result)
    {
        RunResults.Save(result, Path.Combine(_path, RunResults.FileName));
        RunReports.Write(result, _path);
    }

    public ValueTask DisposeAsync() => Log.DisposeAsync();

    private string FolderOf(MemberRun member) => Path.Combine(_path, member.Number.ToString(CultureInfo.InvariantCulture));
}
