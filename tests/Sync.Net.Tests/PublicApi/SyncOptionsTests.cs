namespace Sync.Net.Tests.PublicApi;

public sealed class SyncOptionsTests
{
    public static TheoryData<string, Action<SyncOptions>> Faults => new()
    {
        { "Endpoint: The endpoint 'nowhere' has no port: write host:port, [v6]:port or unix:PATH.", o => o.Endpoint = "nowhere" },
        { "Group: The group is empty: give it a name of at least one character.", o => o.Group = "" },
        { "Group: is null.", o => o.Group = null! },
        { "Member: The member id '#a' has no address before the '#': write host#tag.", o => o.Member = "#a" },
        { "Role: The role 'a b' holds a control character: use printable ones.", o => o.Role = "a\tb" },
        { "Master: The member id is empty: give it a name of at least one character.", o => o.Master = "" },
        { "Port: is 0: use 1 to 65,535.", o => o.Port = 0 },
        { "Port: is 65536: use 1 to 65,535.", o => o.Port = 65536 },
        { "Key: has 5 bytes: use at least 16, such as the output of 'openssl rand -hex 32'.", o => o.Key = "short" },
        { "ListenAddress: is 'a b': write an address such as 0.0.0.0, host:port, [v6]:port or unix:PATH.", o => o.ListenAddress = "a b" },
        { "Endpoints['a']: The endpoint 'b' has no port: write host:port, [v6]:port or unix:PATH.", o => o.Endpoints["a"] = "b" },
        { "Endpoints: The member id '#a' has no address before the '#': write host#tag.", o => o.Endpoints["#a"] = "b:1" },
        { "Timeout: is -00:00:02: use zero to 49 days, or Timeout.InfiniteTimeSpan.", o => o.Timeout = TimeSpan.FromSeconds(-2) },
        { "HeartbeatInterval: is 00:00:00: use at least 1 ms, and less than HeartbeatTimeout (00:00:10).", o => o.HeartbeatInterval = default },
        { "HeartbeatInterval: is 00:00:10: use at least 1 ms, and less than HeartbeatTimeout (00:00:10).", o => o.HeartbeatInterval = TimeSpan.FromSeconds(10) },
        { "HeartbeatTimeout: is 2.00:00:00: use more than zero and at most a day; it can't be infinite.", o => o.HeartbeatTimeout = TimeSpan.FromDays(2) },
        { "ReconnectWindow: is -00:00:00.0010000: use zero to a day; it can't be infinite.", o => o.ReconnectWindow = Timeout.InfiniteTimeSpan },
        { "Limits: is null.", o => o.Limits = null! },
        { "TimeProvider: is null.", o => o.TimeProvider = null! },
        { "Limits.MaxFrameBytes: is 1: use 4,096 to 1,073,741,824.", o => o.Limits.MaxFrameBytes = 1 },
        { "Limits.MaxNameBytes: is 8: use 16 to 4,096.", o => o.Limits.MaxNameBytes = 8 },
        { "Limits.MaxMembers: is 0: use 1 to 1,000,000.", o => o.Limits.MaxMembers = 0 },
        { "Limits.MaxSessions: is 0: use 1 to 10,000,000.", o => o.Limits.MaxSessions = 0 },
        { "Limits.MaxGroups: is 0: use 1 to 1,000,000.", o => o.Limits.MaxGroups = 0 },
        { "Limits.MaxConnections: is 0: use 1 to 1,000,000.", o => o.Limits.MaxConnections = 0 },
        { "Limits.MaxHandshakes: is -1: use 1 to 1,000,000.", o => o.Limits.MaxHandshakes = -1 },
        { "Limits.MaxQueuedBytes: is 0: use 4,096 to 1,099,511,627,776.", o => o.Limits.MaxQueuedBytes = 0 },
        { "Limits.MaxKeptBytes: is 0: use 4,096 to 1,099,511,627,776.", o => o.Limits.MaxKeptBytes = 0 },
        { "Limits.HandshakeTimeout: is 00:00:00: use 1 ms to an hour; it can't be infinite.", o => o.Limits.HandshakeTimeout = default },
    };

    [Theory]
    [MemberData(nameof(Faults), DisableDiscoveryEnumeration = true)]
    public void Validate_OneFault_NamesPropertyAndRemedy(string text, Action<SyncOptions> spoil)
    {
        var options = new SyncOptions();
        options.Validate();
        spoil(options);
        Assert.Equal($"SyncOptions cannot be used. {text}", Assert.Throws<ArgumentException>(options.Validate).Message);
    }

    [Fact]
    public void Validate_SeveralFaults_ListsAll()
    {
        var options = new SyncOptions { Port = -1, Key = "geheim", Group = "", Limits = { MaxMembers = 0 } };
        string text = Assert.Throws<ArgumentException>(options.Validate).Message;
        Assert.All(["Port: ", "Key: ", "Group: ", "Limits.MaxMembers: "], part => Assert.Contains(part, text, StringComparison.Ordinal));
        Assert.DoesNotContain("geheim", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Validate_ServerOptions_ListsAll()
    {
        new SyncServerOptions().Validate();
        var options = new SyncServerOptions
        {
            Listen = "here",
            Key = "short",
            HeartbeatInterval = default,
            ReconnectWindow = TimeSpan.FromDays(2),
            Limits = { MaxGroups = 0 },
            TimeProvider = null!,
        };
        string text = Assert.Throws<ArgumentException>(options.Validate).Message;
        Assert.StartsWith("SyncServerOptions cannot be used. Listen: The endpoint 'here' has no port", text, StringComparison.Ordinal);
        Assert.All(
            ["Key: ", "HeartbeatInterval: ", "ReconnectWindow: ", "Limits.MaxGroups: ", "TimeProvider: is null."],
            part => Assert.Contains(part, text, StringComparison.Ordinal));
    }

    [Fact]
    public void Validate_LimitsAlone_Throws() => Assert.Equal(
        "SyncLimits cannot be used. MaxGroups: is 0: use 1 to 1,000,000.",
        Assert.Throws<ArgumentException>(new SyncLimits { MaxGroups = 0 }.Validate).Message);

    [Fact]
    public void Snapshot_ChangedAfterwards_KeepsItsValues()
    {
        var options = new SyncOptions { Member = "a", Endpoints = { ["a"] = "x:1" } };
        SyncOptions copy = SyncOptions.Snapshot(options);
        options.Member = "b";
        options.Endpoints["a"] = "y:2";
        options.Limits.MaxMembers = 1;
        Assert.Equal("a", copy.Member);
        Assert.Equal("x:1", copy.EndpointOf("a").ToString());
        Assert.Equal(100_000, copy.Limits.MaxMembers);
    }

    [Fact]
    public void Snapshot_NullOrUnusable_IsDefaultOrThrows()
    {
        Assert.Equal("default", SyncOptions.Snapshot(null).Group);
        Assert.Equal("127.0.0.1:0", SyncServerOptions.Snapshot(null).ListenEndpoint.ToString());
        Assert.Throws<ArgumentException>(() => SyncOptions.Snapshot(new SyncOptions { Port = 0 }));
        Assert.Throws<ArgumentException>(() => SyncServerOptions.Snapshot(new SyncServerOptions { Listen = "" }));
        var server = new SyncServerOptions();
        SyncServerOptions copy = SyncServerOptions.Snapshot(server);
        server.Limits.MaxGroups = 1;
        Assert.Equal(10_000, copy.Limits.MaxGroups);
    }

    [Theory]
    [InlineData("h#1", null, "one:1", "one:1")]
    [InlineData("h#2", null, "h:11922", "h:11922")]
    [InlineData("h#2", "0.0.0.0", "h:11922", "0.0.0.0:11922")]
    [InlineData("h#1", "0.0.0.0", "one:1", "0.0.0.0:1")]
    [InlineData("h#2", "::", "h:11922", "[::]:11922")]
    [InlineData("h#2", "[::]:5", "h:11922", "[::]:5")]
    [InlineData("h#2", "unix:/tmp/s", "h:11922", "unix:/tmp/s")]
    public void EndpointOf_MapPortAndListenAddress_AreHonoured(string member, string? listen, string reached, string bound)
    {
        var options = new SyncOptions { ListenAddress = listen, Endpoints = { ["h#1"] = "one:1" } };
        options.Validate();
        Assert.Equal(reached, options.EndpointOf(member).ToString());
        Assert.Equal(bound, options.ListenEndpointOf(member).ToString());
    }

    /// <summary>A machine's own name often resolves to loopback on that machine alone.</summary>
    [Theory]
    [InlineData("web1", true)]
    [InlineData("localhost", false)]
    [InlineData("10.0.0.1", false)]
    [InlineData("[::1]:80", false)]
    public void ListenEndpointOf_AHostNameWithAKey_IsEveryAddress(string member, bool everywhere)
    {
        var options = new SyncOptions { Key = "0123456789abcdef" };
        Assert.Equal(everywhere, options.ListenEndpointOf(member).Host is "::" or "0.0.0.0");
        options.Key = null;
        Assert.Equal(options.EndpointOf(member), options.ListenEndpointOf(member));
    }
}
