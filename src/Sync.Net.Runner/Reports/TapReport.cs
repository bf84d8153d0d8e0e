using System.Globalization;
using System.Text;
using Sync.Net.Runner.Reports.Analysis;

namespace Sync.Net.Runner.Reports;

/// <summary>The cases of the JUnit report in the Test Anything Protocol, version 13, which every harness of it reads.</summary>
internal static class TapReport
{
    public static void Write(RunAnalysis analysis, Stream stream)
    {
        RunResult run = analysis.Run;
        List<CaseSuite> suites = [CaseSuite.OfRun(run), .. analysis.Lanes.Select(lane => CaseSuite.OfLane(run, lane))];
        using StreamWriter tap = new(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true) { NewLine = "\n" };
        tap.WriteLine("TAP version 13");
        tap.WriteLine(string.Create(CultureInfo.InvariantCulture, $"1..{suites.Sum(suite => suite.Cases.Count)}"));
        int number = 0;
        foreach (CaseSuite suite in suites)
        {
            foreach (RunCase @case in suite.Cases) WriteCase(tap, ++number, suite, @case);
        }
    }

    private static void WriteCase(StreamWriter tap, int number, CaseSuite suite, RunCase @case)
    {
        string result = @case.Class is CaseClass.Passed or CaseClass.Skipped ? "ok" : "not ok";
        string directive = @case.Class == CaseClass.Skipped ? " # SKIP " + Escaped(@case.Message) : "";
        tap.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{result} {number} - {Escaped(suite.Name)}: {Escaped(@case.Name)}{directive}"));
        tap.WriteLine("  ---");
        tap.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  duration_ms: {Math.Max(0, @case.Took.TotalMilliseconds):0.###}"));
        if (@case.Message.Length > 0) tap.WriteLine("  message: " + Quoted(@case.Message));
        if (result != "ok") tap.WriteLine("  severity: " + (@case.Class == CaseClass.Error ? "error" : "fail"));
        if (@case.Details.Length > 0) tap.WriteLine("  who: " + Quoted(@case.Details));
        tap.WriteLine("  ...");
    }

    /// <summary>A # would begin a directive. Ends of lines are gone already.</summary>
    private static string Escaped(string text) => text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("#", "\\#", StringComparison.Ordinal);

    private static string Quoted(string text) =>
        "\"" + text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal) + "\"";
}
