using System.Globalization;
using System.Security.Cryptography;
using Sync.Net.Transport;

namespace Sync.Net.Runner.Engine;

/// <summary>The runner's own server.</summary>
internal sealed class OwnPlace : RunPlace
{
    /// <summary>The most that a server's reconnect window may be.</summary>
    private static readonly TimeSpan MostPatience = TimeSpan.FromDays(1);

    private readonly SyncServer _server;
    private readonly string _told;
    private readonly TimeSpan _window;

    private OwnPlace(RunSettings run, string group, IReadOnlyList<MemberPlan> members, SyncServer server, string key, TimeSpan window)
        : base(run, group, members)
    {
        _server = server;
        _window = window;
        Key = key;
        _told = Told(run, server);
        server.TryPin(group);
    }

    public override string Endpoint => _told;

    public override bool IsObserved => true;

    protected override string Key { get; }

    public static string NewKey() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));

    public static async Task<OwnPlace> StartAsync(
        RunSettings run, string group, IReadOnlyList<MemberPlan> members, Action<SyncEvent> observer)
    {
        string key = run.Key ?? NewKey();
        var options = new SyncServerOptions { Listen = run.Listen, Key = key, Observer = observer, LoggerFactory = run.LoggerFactory };
        options.ReconnectWindow = WindowOf(run, members, options);
        return new OwnPlace(run, group, members, await SyncServer.StartAsync(options).ConfigureAwait(false), key, options.ReconnectWindow);
    }

    // In this process members reach the server without the network.
    public override SyncOptions OptionsOf(string member, string? role)
    {
        SyncOptions options = base.OptionsOf(member, role);
        options.Endpoint = _server.CreateMemberOptions(member).Endpoint;
        return options;
    }

    public override Task RetireAsync(MemberRun member, string? failure)
    {
        _server.Retire(Group, member.Id, member.Plan.Role, failure);
        return Task.CompletedTask;
    }

    public override Task FlushAsync() => _server.FlushObserverAsync();

    public override IReadOnlyDictionary<string, WaitStatus> Waits()
    {
        var waits = new Dictionary<string, WaitStatus>(StringComparer.Ordinal);
        foreach (WaitStatus wait in _server.Show(Group)?.Waits ?? []) waits.TryAdd(wait.Member, wait);
        return waits;
    }

    public override ValueTask DisposeAsync() => _server.DisposeAsync();

    protected override SyncOptions ToldOptionsOf(string member, string? role)
    {
        SyncOptions options = base.OptionsOf(member, role);
        options.Endpoint = _told;
        options.ReconnectWindow = _window;
        return options;
    }

    /// <summary>A broken link ends a member's waits no sooner than its worker, where one is on a host by ssh.</summary>
    private static TimeSpan WindowOf(RunSettings run, IReadOnlyList<MemberPlan> members, SyncServerOptions options)
    {
        TimeSpan patience = run.LostRunnerTimeout - options.HeartbeatTimeout;
        if (patience <= options.ReconnectWindow || !members.Any(static each => each.Host is Hosts.SshHost)) return options.ReconnectWindow;
        return patience < MostPatience ? patience : MostPatience;
    }

    private static string Told(RunSettings run, SyncServer server)
    {
        SyncEndpoint bound = SyncEndpoint.Parse(server.Endpoint);
        if (run.Advertise is not { } told) return ReachableEndpoint.Of(bound).ToString();
        if (SyncEndpoint.TryParse(told, out SyncEndpoint? whole, out _)) return whole.ToString();
        return string.Create(CultureInfo.InvariantCulture, $"{(SyncEndpoint.IsV6(told) ? $"[{told}]" : told)}:{bound.Port}");
    }
}
