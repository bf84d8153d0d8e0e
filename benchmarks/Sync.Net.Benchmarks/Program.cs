using Sync.Net.Benchmarks;
using Sync.Net.Benchmarks.Crowd;
using Sync.Net.Benchmarks.Latency;
using Sync.Net.Benchmarks.Limit;
using Sync.Net.Benchmarks.Members;
using Sync.Net.Benchmarks.Micro;
using Sync.Net.Benchmarks.Peers;
using Sync.Net.Benchmarks.Peers.Members;
using Sync.Net.Benchmarks.Reports;
using Sync.Net.Benchmarks.Scale;
using Sync.Net.Benchmarks.Startup;

const int Failed = 70;

try
{
    return args switch
    {
        ["latency", .. var rest] => await LatencyCommand.RunAsync(LatencyOptions.Parse(rest)),
        ["limit", .. var rest] => await LimitCommand.RunAsync(LimitOptions.Parse(rest)),
        ["micro", .. var rest] => MicroCommand.Run(rest),
        ["peers", .. var rest] => await PeersCommand.RunAsync(PeersOptions.Parse(rest)),
        [PeerMemberCommand.Name, .. var rest] => await PeerMemberCommand.RunAsync(rest),
        ["startup", .. var rest] => await StartupCommand.RunAsync(StartupOptions.Parse(rest)),
        ["crowd", .. var rest] => await CrowdCommand.RunAsync(CrowdOptions.Parse(rest)),
        ["scale", .. var rest] => await ScaleCommand.RunAsync(ScaleOptions.Parse(rest)),
        [ScaleServerCommand.Name] => await ScaleServerCommand.RunAsync(),
        [ManyMembersCommand.Name, .. var rest] => await ManyMembersCommand.RunAsync(rest),
        ["report", .. var rest] => await ReportPageCommand.RunAsync(rest),
        [MemberCommand.Name, .. var rest] => await MemberCommand.RunAsync(rest),
        [ServeCommand.Name] => await ServeCommand.RunAsync(),
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
