using Sync.Net.Runtime.Handshake;
using Sync.Net.Wire;

namespace Sync.Net.Tests.Runtime.Handshake;

public sealed class DialTests
{
    [Fact]
    public void Feed_Dial_IsHandedOn()
    {
        byte[] dial = Sides.Written(output => ServerHandshake.WriteDial(output, "default", "host-b:4000#1"));

        (ServerHandshakeResult? result, byte[] reply) = Sides.Feed(Sides.Server(Sides.Key), dial);

        Assert.Equal(
            new ServerHandshakeResult.Dialled(new DialFrame(1, 1, "default", "host-b:4000#1")), result);
        Assert.Empty(reply);
    }

    [Fact]
    public void Feed_DialOfAnotherVersion_IsRefused()
    {
        byte[] dial = Sides.Frame(Term.None, new DialFrame(9, 5, "default", "db1"));

        (ServerHandshakeResult? result, _) = Sides.Feed(Sides.Server(null), dial);

        Assert.Equal(RefuseReason.Version, Assert.IsType<ServerHandshakeResult.Refused>(result).Reason);
    }

    [Fact]
    public void Feed_RefuseOfTheDialled_IsDeclined()
    {
        byte[] refuse = Sides.Frame(Term.None, new RefuseFrame(RefuseReason.Stranger, "No member 'x' listens here."));

        (ServerHandshakeResult? result, _) = Sides.Feed(Sides.Server(null, dialled: true), refuse);

        Assert.Equal(new ServerHandshakeResult.Declined(RefuseReason.Stranger, "No member 'x' listens here."), result);
    }

    [Fact]
    public void Play_AfterADial_IsTheSameHandshake() => Assert.IsType<MemberHandshakeResult.Seated>(
        Sides.Play(Sides.Member(Sides.Key), Sides.Server(Sides.Key, dialled: true)).Member);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Feed_FrameOfTheOtherDirection_IsForeign(bool dialled)
    {
        byte[] bytes = dialled
            ? Sides.Written(output => ServerHandshake.WriteDial(output, "default", "db1"))
            : Sides.Frame(Term.None, new RefuseFrame(RefuseReason.Closing, ""));

        (ServerHandshakeResult? result, _) = Sides.Feed(Sides.Server(null, dialled: dialled), bytes);

        Assert.IsType<ServerHandshakeResult.NotSyncNet>(result);
    }
}
