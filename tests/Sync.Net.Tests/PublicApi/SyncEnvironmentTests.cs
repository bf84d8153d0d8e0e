using Sync.Net.Configuration;

namespace Sync.Net.Tests.PublicApi;

public sealed class SyncEnvironmentTests
{
    private const string LongKey = "0123456789abcdef0123456789abcdef";

    [Fact]
    public void Read_Nothing_IsDefault()
    {
        SyncOptions options = Read();
        Assert.Null(options.Endpoint);
        Assert.Equal("default", options.Group);
        Assert.Null(options.Member);
        Assert.Null(options.Key);
        Assert.Null(options.Timeout);
        Assert.Null(options.Incarnation);
    }

    [Fact]
    public void Read_Everything_IsTaken()
    {
        SyncOptions options = Read(
            ("SYNC_NET_ENDPOINT", "[::1]:7"),
            ("SYNC_NET_GROUP", "g"),
            ("SYNC_NET_MEMBER", "h#1"),
            ("SYNC_NET_ROLE", "client"),
            ("SYNC_NET_MASTER", "m"),
            ("SYNC_NET_KEY", LongKey),
            ("SYNC_NET_TIMEOUT", "1h30m"),
            ("SYNC_NET_RECONNECT_WINDOW", "2m"),
            ("SYNC_NET_INCARNATION", "3"));
        Assert.Equal(TimeSpan.FromMinutes(2), options.ReconnectWindow);
        Assert.Equal(("[::1]:7", "g", "h#1"), (options.Endpoint, options.Group, options.Member));
        Assert.Equal(("client", "m", LongKey), (options.Role, options.Master, options.Key));
        Assert.Equal(TimeSpan.FromMinutes(90), options.Timeout);
        Assert.Equal(Guid.Parse("00000000-0000-0000-0000-000000000003"), options.Incarnation);
        options.Validate();
    }

    [Theory]
    [InlineData("0", 0)]
    [InlineData("90", 90)]
    [InlineData("0.5", 0.5)]
    [InlineData("5m", 300)]
    [InlineData("1h30m", 5400)]
    [InlineData("1h2m3s", 3723)]
    [InlineData("10s", 10)]
    [InlineData("1.5h", 5400)]
    public void Read_Timeout_TakesSecondsAndUnits(string text, double seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), Read(("SYNC_NET_TIMEOUT", text)).Timeout);

    [Fact]
    public void Read_InfiniteTimeout_IsInfinite() =>
        Assert.Equal(Timeout.InfiniteTimeSpan, Read(("SYNC_NET_TIMEOUT", "infinite")).Timeout);

    [Theory]
    [InlineData("SYNC_NET_ENDPOINT", "x", "SYNC_NET_ENDPOINT: The endpoint 'x' has no port: write host:port, [v6]:port or unix:PATH.")]
    [InlineData("SYNC_NET_ENDPOINT", "", "SYNC_NET_ENDPOINT is empty: give it a value or unset it.")]
    [InlineData("SYNC_NET_GROUP", "", "SYNC_NET_GROUP is empty: give it a value or unset it.")]
    [InlineData("SYNC_NET_MEMBER", "#a", "SYNC_NET_MEMBER: The member id '#a' has no address before the '#': write host#tag.")]
    [InlineData("SYNC_NET_ROLE", "a\nb", "SYNC_NET_ROLE: The role 'a b' holds a control character: use printable ones.")]
    [InlineData("SYNC_NET_MASTER", "#", "SYNC_NET_MASTER: The member id '#' has no address before the '#': write host#tag.")]
    [InlineData("SYNC_NET_KEY", "tiny", "SYNC_NET_KEY: the key has 4 bytes: use at least 16, such as the output of 'openssl rand -hex 32'.")]
    [InlineData("SYNC_NET_KEY_FILE", "/no/such", "SYNC_NET_KEY_FILE: the file '/no/such' can't be read (DirectoryNotFoundException): name a file that this user may read.")]
    [InlineData("SYNC_NET_TIMEOUT", "soon", "SYNC_NET_TIMEOUT is 'soon': write seconds such as 90, 5m, 1h30m or infinite; at most 49 days.")]
    [InlineData("SYNC_NET_TIMEOUT", "5m1h", "SYNC_NET_TIMEOUT is '5m1h': write seconds such as 90, 5m, 1h30m or infinite; at most 49 days.")]
    [InlineData("SYNC_NET_TIMEOUT", "5m5", "SYNC_NET_TIMEOUT is '5m5': write seconds such as 90, 5m, 1h30m or infinite; at most 49 days.")]
    [InlineData("SYNC_NET_TIMEOUT", "-1", "SYNC_NET_TIMEOUT is '-1': write seconds such as 90, 5m, 1h30m or infinite; at most 49 days.")]
    [InlineData("SYNC_NET_TIMEOUT", "1e9", "SYNC_NET_TIMEOUT is '1e9': write seconds such as 90, 5m, 1h30m or infinite; at most 49 days.")]
    [InlineData("SYNC_NET_TIMEOUT", "9999999h", "SYNC_NET_TIMEOUT is '9999999h': write seconds such as 90, 5m, 1h30m or infinite; at most 49 days.")]
    [InlineData("SYNC_NET_TIMEOUT", "m", "SYNC_NET_TIMEOUT is 'm': write seconds such as 90, 5m, 1h30m or infinite; at most 49 days.")]
    [InlineData("SYNC_NET_RECONNECT_WINDOW", "infinite", "SYNC_NET_RECONNECT_WINDOW: 'infinite' is no such time: write seconds such as 90, or 5m, 1h30m; at most a day.")]
    [InlineData("SYNC_NET_RECONNECT_WINDOW", "25h", "SYNC_NET_RECONNECT_WINDOW: '25h' is no such time: write seconds such as 90, or 5m, 1h30m; at most a day.")]
    [InlineData("SYNC_NET_INCARNATION", "-1", "SYNC_NET_INCARNATION is '-1': write a whole number or a GUID with dashes.")]
    public void Read_Malformed_NamesVariableAndRemedy(string name, string value, string text) => Assert.Equal(
        $"The environment cannot be used. {text}", Assert.Throws<InvalidOperationException>(() => Read((name, value))).Message);

    [Fact]
    public void Read_SeveralFaults_ListsAllWithoutTheKey()
    {
        string text = Assert.Throws<InvalidOperationException>(
            () => Read(("SYNC_NET_KEY", "geheim"), ("SYNC_NET_TIMEOUT", "x"), ("SYNC_NET_ENDPOINT", "y"))).Message;
        Assert.All(["SYNC_NET_KEY", "SYNC_NET_TIMEOUT", "SYNC_NET_ENDPOINT"], name => Assert.Contains(name, text, StringComparison.Ordinal));
        Assert.DoesNotContain("geheim", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_KeyFile_IsReadWithoutItsLineEnd()
    {
        string path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, LongKey + "\r\n");
            Assert.Equal(LongKey, Read(("SYNC_NET_KEY_FILE", path)).Key);
            Assert.Equal(
                "The environment cannot be used. SYNC_NET_KEY and SYNC_NET_KEY_FILE are both set: unset one of them.",
                Assert.Throws<InvalidOperationException>(() => Read(("SYNC_NET_KEY", LongKey), ("SYNC_NET_KEY_FILE", path))).Message);
            File.WriteAllText(path, "tiny\n");
            Assert.Contains("SYNC_NET_KEY_FILE: the key has 4 bytes", Assert.Throws<InvalidOperationException>(
                () => Read(("SYNC_NET_KEY_FILE", path))).Message, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void ToEnvironment_ReadBack_GivesTheSameOptions()
    {
        var options = new SyncOptions
        {
            Endpoint = "h:1", Group = "g", Master = "m", Key = LongKey, Timeout = TimeSpan.FromMilliseconds(1500), Role = "mine",
        };
        IReadOnlyDictionary<string, string> variables = options.ToEnvironment("h#2", "client");
        SyncOptions read = SyncEnvironment.Read(variables.GetValueOrDefault);
        Assert.Equal("1.5", variables["SYNC_NET_TIMEOUT"]);
        Assert.Equal(("h:1", "g", "m", LongKey), (read.Endpoint, read.Group, read.Master, read.Key));
        Assert.Equal((options.Timeout, "h#2", "client"), (read.Timeout, read.Member, read.Role));
        Assert.DoesNotContain("SYNC_NET_RECONNECT_WINDOW", variables.Keys);
        options.ReconnectWindow = TimeSpan.FromSeconds(50);
        Assert.Equal(TimeSpan.FromSeconds(50), SyncEnvironment.Read(options.ToEnvironment("a").GetValueOrDefault).ReconnectWindow);
        options.Timeout = Timeout.InfiniteTimeSpan;
        Assert.Equal(Timeout.InfiniteTimeSpan, SyncEnvironment.Read(options.ToEnvironment("a").GetValueOrDefault).Timeout);
        Assert.DoesNotContain("SYNC_NET_ROLE", options.ToEnvironment("a").Keys);
    }

    [Fact]
    public void ToEnvironment_UnusableArguments_Throw()
    {
        Assert.Equal("member", Assert.Throws<ArgumentException>(() => new SyncOptions().ToEnvironment("#a")).ParamName);
        Assert.Equal("role", Assert.Throws<ArgumentException>(() => new SyncOptions().ToEnvironment("a", "")).ParamName);
        Assert.Throws<ArgumentException>(() => new SyncOptions { Port = 0 }.ToEnvironment("a"));
    }

    private static SyncOptions Read(params (string Name, string Value)[] variables) =>
        SyncEnvironment.Read(variables.ToDictionary(v => v.Name, v => v.Value).GetValueOrDefault);
}
