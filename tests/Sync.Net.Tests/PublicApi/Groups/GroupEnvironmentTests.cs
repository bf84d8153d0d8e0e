using Sync.Net.Configuration;

namespace Sync.Net.Tests.PublicApi.Groups;

/// <summary>What the environment says of a group.</summary>
public sealed class GroupEnvironmentTests
{
    [Fact]
    public void L7_Roster_TakesMembersWithAndWithoutRoles()
    {
        SyncOptions options = Read(("SYNC_NET_ROSTER", "db1#a=server,web1=client,web2"), ("SYNC_NET_ESSENTIAL", "server,client"));
        Assert.Equal([("db1#a", "server"), ("web1", "client"), ("web2", null)], options.Roster!.Select(member => (member.Key, member.Value)));
        Assert.Equal(["server", "client"], options.EssentialRoles);
        Assert.Null(options.Roles);
        options.Validate();
    }

    [Fact]
    public void L7_Roles_TakeCounts()
    {
        SyncOptions options = Read(("SYNC_NET_ROLES", "client*3,server*1,observer"));
        Assert.Equal([("client", 3), ("server", 1), ("observer", 1)], options.Roles!.Select(seats => (seats.Key, seats.Value)));
        Assert.Null(options.Roster);
        options.Validate();
    }

    [Theory]
    [InlineData("SYNC_NET_ROSTER", "")]
    [InlineData("SYNC_NET_ROSTER", "a,")]
    [InlineData("SYNC_NET_ROSTER", "a,a")]
    [InlineData("SYNC_NET_ROSTER", "a=")]
    [InlineData("SYNC_NET_ROSTER", "=server")]
    [InlineData("SYNC_NET_ROSTER", "#tag=server")]
    [InlineData("SYNC_NET_ROLES", "")]
    [InlineData("SYNC_NET_ROLES", "client*")]
    [InlineData("SYNC_NET_ROLES", "client*0")]
    [InlineData("SYNC_NET_ROLES", "client*-1")]
    [InlineData("SYNC_NET_ROLES", "client*many")]
    [InlineData("SYNC_NET_ROLES", "client*99999999999")]
    [InlineData("SYNC_NET_ROLES", "client*1,client*2")]
    [InlineData("SYNC_NET_ROLES", "*3")]
    [InlineData("SYNC_NET_ESSENTIAL", "")]
    [InlineData("SYNC_NET_ESSENTIAL", "server,")]
    [InlineData("SYNC_NET_ROLE", "")]
    [InlineData("SYNC_NET_MEMBER", "#x")]
    [InlineData("SYNC_NET_MASTER", "")]
    [InlineData("SYNC_NET_GROUP", "")]
    [InlineData("SYNC_NET_ENDPOINT", "nowhere")]
    [InlineData("SYNC_NET_KEY", "short")]
    [InlineData("SYNC_NET_KEY_FILE", "/no/such/file")]
    [InlineData("SYNC_NET_TIMEOUT", "soon")]
    [InlineData("SYNC_NET_INCARNATION", "first")]
    public void L7_MalformedValue_IsAnErrorThatNamesTheVariable(string name, string value)
    {
        InvalidOperationException e = Assert.Throws<InvalidOperationException>(() => Read((name, value)));
        Assert.Contains($"{name}", e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("short", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void L7_RosterAndRoles_AreNotBothSet()
    {
        InvalidOperationException e = Assert.Throws<InvalidOperationException>(() => Read(("SYNC_NET_ROSTER", "a,b"), ("SYNC_NET_ROLES", "client*2")));
        Assert.Contains("SYNC_NET_ROSTER and SYNC_NET_ROLES are both set", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void L7_ToEnvironment_IsReadBackTheSame()
    {
        var options = new SyncOptions
        {
            Endpoint = "127.0.0.1:7",
            Group = "g",
            Roster = new Dictionary<string, string?> { ["a"] = "server", ["b"] = null },
            EssentialRoles = ["server"],
            Timeout = TimeSpan.FromSeconds(1.5),
        };

        IReadOnlyDictionary<string, string> variables = options.ToEnvironment("a", "server");
        SyncOptions again = SyncEnvironment.Read(name => variables.GetValueOrDefault(name));

        Assert.Equal(("127.0.0.1:7", "g", "a", "server"), (again.Endpoint, again.Group, again.Member, again.Role));
        Assert.Equal(options.Roster, again.Roster!);
        Assert.Equal(["server"], again.EssentialRoles);
        Assert.Equal(options.Timeout, again.Timeout);

        var seats = new SyncOptions { Roles = new Dictionary<string, int> { ["client"] = 3 } };
        variables = seats.ToEnvironment("x", "client");
        Assert.Equal(seats.Roles, SyncEnvironment.Read(name => variables.GetValueOrDefault(name)).Roles!);
    }

    private static SyncOptions Read(params (string Name, string Value)[] variables) =>
        SyncEnvironment.Read(name => variables.Where(v => v.Name == name).Select(v => v.Value).FirstOrDefault());
}
