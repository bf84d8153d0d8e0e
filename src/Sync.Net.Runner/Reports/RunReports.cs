using Sync.Net.Runner.Reports.Analysis;

namespace Sync.Net.Runner.Reports;

/// <summary>All reports of a run. The same result gives the same bytes.</summary>
internal static class RunReports
{
    public const string JUnitFile = "junit.xml";
    public const string TapFile = "results.tap";
    public const string PageFile = "report.html";
    public const string PictureFile = "timeline.svg";
    public const string TraceFile = "trace.json";

    /// <summary>Makes them in a folder, in place of older ones; a reader finds each whole or not at all.</summary>
    /// <exception cref="IOException">A file can't be written.</exception>
    public static RunAnalysis Write(RunResult run, string folder)
    {
        RunAnalysis analysis = RunAnalysis.Of(run);
        Directory.CreateDirectory(folder);
        WriteFile(folder, JUnitFile, stream => JUnitReport.Write(analysis, stream));
        WriteFile(folder, TapFile, stream => TapReport.Write(analysis, stream));
        WriteFile(folder, PageFile, stream => HtmlReport.Write(analysis, stream));
        WriteFile(folder, PictureFile, stream => SvgTimeline.Write(analysis, stream));
        WriteFile(folder, TraceFile, stream => TraceReport.Write(analysis, stream));
        return analysis;
    }

    private static void WriteFile(string folder, string name, Action<Stream> write)
    {
        string path = Path.Combine(folder, name);
        string temporary = $"{path}.{Environment.ProcessId}.tmp";
        try
        {
            using (FileStream stream = new(temporary, FileMode.Create, FileAccess.Write)) write(stream);
            File.Move(temporary, path, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }
}
