using System.Globalization;
using System.Net;
using Sync.Net.Cli.CommandLine;
using Sync.Net.Cli.Connecting;
using Sync.Net.Cli.Output;
using Sync.Net.Cli.Verbs;

namespace Sync.Net.Cli.Bench;

/// <summary>Measures the user's own machines: how fast members that this command starts meet, by a server that it hosts or that is there.</summary>
internal sealed class BenchVerb : Verb
{
    /// <summary>Each member of a roster of so many holds the list of all.</summary>
    private const int MostMembers = 4096;

    private const int MostProcesses = 8;

    public override Syntax Syntax => new(
        "bench [--members N] [--processes P] [--rounds R] [--warm-up R] [--data BYTES] [--hosts A,B,… --member A]",
        0,
        0,
        ["--endpoint", "--group", "--member", "--key-file", "--timeout", "--members", "--processes", "--rounds", "--warm-up", "--data", "--hosts"],
        ["--json"]);

    public override bool ListensAtOnce => true;

    public override async Task<int> RunAsync(Line line, Printer output, CancellationToken cancellationToken)
    {
        SyncOptions options = MemberOptions.Read(line);
        var deadline = new Deadline(options.Timeout);
        BenchPlan plan = PlanOf(line, options);
        bool hosts = plan.Endpoint.Length == 0;
        await using SyncServer? server = hosts ? await SyncServer.StartAsync(new SyncServerOptions { Key = options.Key }, cancellationToken) : null;
        plan = plan with { Endpoint = server?.Endpoint ?? plan.Endpoint, Timeout = deadline.Left };
        try
        {
            BenchTold[] told = await new BenchRun(plan).RunAsync(cancellationToken);
            var figures = BenchFigures.Of(plan, told);
            if (output.IsJson) output.Json(json => BenchReport.Write(json, plan, figures));
            else output.Lines([.. BenchReport.Lines(plan, figures, hosts)]);
            return ExitCodes.Success;
        }
        catch (BenchFailedException e)
        {
            if (output.IsJson && e.Facts is { } facts) output.Raw(facts + "\n");
            return Tool.Fail(e.ExitCode, e.Message);
        }
    }

    private static BenchPlan PlanOf(Line line, SyncOptions options)
    {
        string[] hosts = line.Get("--hosts") is { } list ? Operands.List(list) : [options.Member ?? Dns.GetHostName()];
        string host = HostOf(line, options, hosts);
        string? endpoint = options.Endpoint;
        if (hosts.Length > 1 && endpoint is null) throw new UsageException("several hosts need one server: start syncnet serve, and give --endpoint on each host");
        int members = Number(line, "--members", 8, hosts.Length == 1 ? 2 : 1, MostMembers / hosts.Length);
        int rounds = Number(line, "--rounds", Math.Clamp(40_000 / (members * hosts.Length), 100, 5_000), 1, 1_000_000);
        return new BenchPlan
        {
            Endpoint = endpoint ?? "",
            // A group of its own: its members are no group that anybody declared.
            Group = hosts.Length > 1 || line.Get("--group") is not null ? options.Group : string.Create(CultureInfo.InvariantCulture, $"bench-{Guid.NewGuid():N}"),
            Hosts = hosts,
            Host = host,
            Members = members,
            Processes = Number(line, "--processes", Math.Min(members, MostProcesses), 1, members),
            WarmUpRounds = Number(line, "--warm-up", rounds, 0, 1_000_000),
            Rounds = rounds,
            Bytes = line.Get("--data") is null ? null : Number(line, "--data", 0, 0, options.Limits.MaxFrameBytes),
        };
    }

    private static string HostOf(Line line, SyncOptions options, string[] hosts)
    {
        if (hosts.Length == 1) return hosts[0];
        if (hosts.Distinct(StringComparer.Ordinal).Count() < hosts.Length) throw new UsageException($"--hosts {line.Get("--hosts")} names a host twice");
        if (options.Member is not { } host) throw new UsageException("--hosts needs --member: which of them this one is");
        return Array.IndexOf(hosts, host) >= 0 ? host : throw new UsageException($"--member '{host}' is none of the hosts {line.Get("--hosts")}");
    }

    private static int Number(Line line, string option, int usual, int least, int most) =>
        line.Get(option) is { } text ? Operands.Number(text, option, least, most) : usual;
}
