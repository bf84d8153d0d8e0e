using Sync.Net.Benchmarks;
using Sync.Net.Benchmarks.Latency;
using Sync.Net.Benchmarks.Members;
using Sync.Net.Benchmarks.Micro;
using Sync.Net.Benchmarks.Reports;

const int Failed = 70;

try
{
    return args switch
    {
        ["latency", .. var rest] => await LatencyCommand.RunAsync(LatencyOptions.Parse(rest)),
        ["micro", .. var rest] => MicroCommand.Run(rest),
        ["report", .. var rest] => await ReportPageCommand.RunAsync(rest),
        [MemberCommand.Name, .. var rest] => await MemberCommand.RunAsync(rest),
        [] => throw new UsageException("name a benchmark"),
        [var other, ..] => throw new UsageException($"there is no benchmark '{other}'"),
    };
}
catch (UsageException e)
{
    Console.Error.WriteLine($"{e.Message}\n\n{Usage.Text}");
    return Usage.ExitCode;
}
catch (Exception e)
{
    // A member's own text is what the driver shows, so all of it goes there.
    Console.Error.WriteLine(e);
    return Failed;
}
