using System.Globalization;
using System.Text;
using Sync.Net.IntegrationTests.Cli;
using Sync.Net.IntegrationTests.Harness;
using Sync.Net.Runner;

namespace Sync.Net.IntegrationTests.Runner;

/// <summary>A worker that writes without end, under a runner in a process of its own, whose memory nobody else uses.</summary>
public sealed class EngineFloodTests
{
    private const long Bytes = 1L << 30;

    /// <summary>All that the garbage collector may have; more ends the runner.</summary>
    private const long HeapBytes = 96 << 20;

    private const long MostResidentBytes = 256 << 20;

    [Fact]
    public async Task Flood_OfAGibibyte_IsKeptByItsBeginningAndItsEnd_InBoundedMemory()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "A process's greatest use of memory is read from /proc.");
        await using ToolLab lab = await ToolLab.StartAsync();
        lab.Variables["DOTNET_GCHeapHardLimit"] = HeapBytes.ToString("x", CultureInfo.InvariantCulture);
        // The worker's parent is the runner, which has taken all but what a pipe holds when it is asked.
        string script = $"yes 'a line of the flood' 2> /dev/null | head -c {Bytes}; echo; syncnet result peak=$(grep VmHWM /proc/$PPID/status | tr -dc 0-9); echo the end";

        ProgramRun run = await lab.RunAsync(null, "run", "--json", "--output", "results", "--", script);

        Assert.True(run.ExitCode == 0, run.All);
        string results = Path.Combine(lab.Folder, "results");
        FileInfo output = new(Path.Combine(results, "1", "output.log"));
        Assert.InRange(output.Length, 48L << 20, (64L << 20) + 200);
        string[] lines = [.. File.ReadLines(output.FullName)];
        Assert.Equal("the end", lines[^1]);
        string cut = Assert.Single(lines, static line => line.StartsWith("[… ", StringComparison.Ordinal));
        long left = long.Parse(cut.Split(' ')[1], CultureInfo.InvariantCulture);
        Assert.Equal(Bytes + "\nthe end\n".Length, output.Length - Encoding.UTF8.GetByteCount($"\n{cut}\n") + left);
        long peak = long.Parse(RunResults.Load(results).Members[0].Values["peak"], CultureInfo.InvariantCulture) << 10;
        Assert.InRange(peak, 1 << 20, MostResidentBytes);
        Assert.Equal(["1"], Directory.GetDirectories(results).Select(Path.GetFileName));
        Assert.Equal(["environment", "exit-code", "output.log"], Directory.GetFiles(Path.Combine(results, "1")).Select(Path.GetFileName).Order());
    }

    /// <summary>Whoever reads what is printed sets the pace; no line of it is lost, and the lines of a moment are written at once.</summary>
    [Fact]
    public async Task Flood_ThatIsShown_IsPrintedLineByLine()
    {
        await using ToolLab lab = await ToolLab.StartAsync();

        ProgramRun run = await lab.RunAsync(null, "run", "--output", "results", "--", "seq 300000");

        Assert.True(run.ExitCode == 0, run.All);
        Assert.Equal(
            Enumerable.Range(1, 300000).Select(static i => string.Create(CultureInfo.InvariantCulture, $"worker1| {i}")),
            run.Output.Split('\n').Where(static line => line.StartsWith("worker1| ", StringComparison.Ordinal)));
    }
}
