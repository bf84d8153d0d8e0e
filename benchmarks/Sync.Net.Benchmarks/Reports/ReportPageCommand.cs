using System.Diagnostics;
using System.Globalization;
using Sync.Net.IntegrationTests.Harness.Browsers;
using Sync.Net.Runner;
using Sync.Net.Runner.Reports;
using Sync.Net.Tests.Runner.Reports;

namespace Sync.Net.Benchmarks.Reports;

/// <summary>How long the page of a large run holds up a browser, in its longest task, while it opens and while it is used.</summary>
internal static class ReportPageCommand
{
    /// <summary>What people begin to call a freeze.</summary>
    private const double MostMilliseconds = 1000;

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);

    public static async Task<int> RunAsync(ReadOnlyMemory<string> words)
    {
        Arguments arguments = new(words.Span);
        int members = arguments.TakeNumber("--members", 200, 1);
        int sessions = arguments.TakeNumber("--sessions", 500, 1);
        arguments.ExpectNothingElse();
        if (Browser.Program is null) throw new UsageException("there is no chromium in the path: install it, as in 'apt-get install chromium'");

        using CancellationTokenSource limit = new(Limit);
        string folder = Directory.CreateTempSubdirectory("sync-net-report-").FullName;
        try
        {
            RunResult run = SampleRuns.Crowd(members, sessions);
            long began = Stopwatch.GetTimestamp();
            RunReports.Write(run, folder);
            Print("all reports written", Stopwatch.GetElapsedTime(began).TotalMilliseconds, "ms");
            foreach (string file in Directory.GetFiles(folder).Order(StringComparer.Ordinal)) Print(Path.GetFileName(file), new FileInfo(file).Length / 1e6, "MB");

            await using Browser browser = await Browser.StartAsync(limit.Token);
            began = Stopwatch.GetTimestamp();
            await using BrowserPage page = await browser.OpenAsync(Path.Combine(folder, RunReports.PageFile), isDark: false, limit.Token);
            Print("page opened and drawn", Stopwatch.GetElapsedTime(began).TotalMilliseconds, "ms");
            double opening = await LongestAsync(page, limit.Token);
            Print("longest task of opening", opening, "ms");

            for (int i = 0; i < 20; i++)
            {
                await page.MouseAsync("mouseWheel", 800, 500, limit.Token, wheel: i < 10 ? -120 : 120);
                await page.DrawnAsync(limit.Token);
            }
            double zooming = await LongestAsync(page, limit.Token);
            Print("longest task of twenty steps of zoom", zooming, "ms");
            bool holds = opening <= MostMilliseconds && zooming <= MostMilliseconds / 10;
            Console.WriteLine($"bars: opening {MostMilliseconds} ms, zoom {MostMilliseconds / 10} ms: {(holds ? "held" : "missed")}");
            return holds ? 0 : 1;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Of the tasks since last asked; those under 50 ms are not told and count as 0.</summary>
    private static Task<double> LongestAsync(BrowserPage page, CancellationToken cancellationToken) =>
        page.NumberAsync("Math.max(0, ...longTasks.splice(0))", cancellationToken);

    private static void Print(string what, double value, string unit) =>
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what,-40} {value,10:0.0} {unit}"));
}
