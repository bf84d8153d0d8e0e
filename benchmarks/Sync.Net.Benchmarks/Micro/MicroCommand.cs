using System.Reflection;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

namespace Sync.Net.Benchmarks.Micro;

/// <summary>The layers without I/O, one by one: short jobs, in this process, with their allocations.</summary>
internal static class MicroCommand
{
    public static int Run(ReadOnlySpan<string> words)
    {
        string filter = words switch
        {
            [] => "*",
            [var one] => one,
            _ => throw new UsageException("micro takes one filter"),
        };
        IConfig config = ManualConfig.CreateEmpty()
            .AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance))
            .AddDiagnoser(MemoryDiagnoser.Default)
            .AddColumnProvider(DefaultColumnProviders.Instance)
            .AddLogger(ConsoleLogger.Default)
            .WithArtifactsPath(Path.Combine(AppContext.BaseDirectory, "micro"));
        IEnumerable<Summary> summaries = BenchmarkSwitcher
            .FromAssembly(Assembly.GetExecutingAssembly())
            .Run(["--filter", filter], config);
        return summaries.Any() && summaries.All(summary => summary.Reports.All(report => report.Success)) ? 0 : 1;
    }
}
