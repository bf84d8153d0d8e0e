using Sync.Net.Runtime.Handshake;
using Sync.Net.Wire;

namespace Sync.Net.Tests.Runtime.Handshake;

public sealed class VersionTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(7, 1)]
    [InlineData(7, 0)]
    public void Feed_HelloWithAVersionInCommon_GetsTheLower(int version, int oldest)
    {
        ServerHandshake server = Sides.Server(null);

        (ServerHandshakeResult? result, _) = Sides.Feed(server, Hello(version, oldest));

        Assert.IsType<ServerHandshakeResult.Verified>(result);
        byte[] welcome = Sides.Written(output => server.WriteWelcome(output, Sides.Welcome));
        Assert.Equal(1, Sides.Parse<WelcomeFrame>(welcome).Version);
    }

    [Theory]
    [InlineData(7, 2, RefuseReason.Version)]
    [InlineData(0, 0, RefuseReason.Version)]
    [InlineData(1, 2, RefuseReason.Protocol)]
    public void Feed_HelloWithoutAVersionInCommon_IsRefused(int version, int oldest, object reason)
    {
        (ServerHandshakeResult? result, byte[] reply) = Sides.Feed(Sides.Server(Sides.Key), Hello(version, oldest));

        Assert.Equal(reason, Assert.IsType<ServerHandshakeResult.Refused>(result).Reason);
        Assert.Equal(reason, Sides.Parse<RefuseFrame>(reply).Reason);
    }

    [Fact]
    public void Feed_HelloWithFeaturesOfALaterVersion_GetsThoseInCommon()
    {
        ServerHandshake server = Sides.Server(null);
        Sides.Feed(server, Hello(1, 1, features: ulong.MaxValue));

        byte[] welcome = Sides.Written(output => server.WriteWelcome(output, Sides.Welcome));

        Assert.Equal(Protocol.Features, Sides.Parse<WelcomeFrame>(welcome).Features);
    }

    [Fact]
    public void Feed_WelcomeOfAVersionThatWasNotOffered_IsRefused()
    {
        MemberHandshake member = Sides.Member(null);
        Sides.Written(member.Start);

        (MemberHandshakeResult? result, _) = Sides.Feed(member, Sides.Frame(Sides.Term, Sides.Welcome with { Version = 2 }));

        Assert.Equal(RefuseReason.Version, Assert.IsType<MemberHandshakeResult.Refused>(result).Reason);
    }

    [Fact]
    public void Feed_RefuseForAReasonOfALaterVersion_IsRefusedForProtocol()
    {
        MemberHandshake member = Sides.Member(null);
        Sides.Written(member.Start);

        (MemberHandshakeResult? result, _) = Sides.Feed(
            member, Sides.Frame(Sides.Term, new RefuseFrame((RefuseReason)99, "too early")));

        Assert.Equal(new MemberHandshakeResult.Refused(RefuseReason.Protocol, "too early"), result);
    }

    [Theory]
    [InlineData(0, 10, 1)]
    [InlineData(2, 0, 1)]
    [InlineData(2, 1e9, 1)]
    [InlineData(2, 10, 0)]
    public void Feed_WelcomeOutOfRange_IsRefused(double interval, double timeout, int maxFrameBytes)
    {
        MemberHandshake member = Sides.Member(null);
        Sides.Written(member.Start);

        (MemberHandshakeResult? result, _) = Sides.Feed(member, Sides.Frame(Sides.Term, Sides.Welcome with
        {
            Version = 1,
            HeartbeatInterval = TimeSpan.FromSeconds(interval),
            HeartbeatTimeout = TimeSpan.FromSeconds(timeout),
            MaxFrameBytes = maxFrameBytes,
        }));

        Assert.Equal(RefuseReason.Protocol, Assert.IsType<MemberHandshakeResult.Refused>(result).Reason);
    }

    private static byte[] Hello(int version, int oldest, ulong features = 0) => Sides.Frame(Term.None, new HelloFrame(
        version, oldest, features, "default", "db1", null, Guid.Empty, HelloFlags.None, default, default, null));
}
