using Sync.Net.Runtime.Handshake;
using Sync.Net.Tests.Wire;
using Sync.Net.Wire;

namespace Sync.Net.Tests.Runtime.Handshake;

public sealed class AuthenticationTests
{
    [Fact]
    public void Play_SameKey_SeatsTheMember()
    {
        Sides.Played played = Sides.Play(Sides.Member(Sides.Key), Sides.Server(Sides.Key));

        var seated = Assert.IsType<MemberHandshakeResult.Seated>(played.Member);
        Assert.Equal(Sides.Term, seated.Term);
        Assert.Equal(Sides.Welcome.ReconnectWindow, seated.Welcome.ReconnectWindow);
        Assert.Equal("db1", Assert.IsType<ServerHandshakeResult.Verified>(played.Server).Hello.Member);
    }

    [Fact]
    public void Play_NoKeyOnEitherSide_SeatsTheMemberWithoutChallenge()
    {
        Sides.Played played = Sides.Play(Sides.Member(null), Sides.Server(null));

        Assert.IsType<MemberHandshakeResult.Seated>(played.Member);
        Assert.Single(played.FromMember);
        Assert.Single(played.FromServer);
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public void Play_KeyOnOneSide_IsRefused(bool memberHas, bool serverHas)
    {
        Sides.Played played = Sides.Play(
            Sides.Member(memberHas ? Sides.Key : null), Sides.Server(serverHas ? Sides.Key : null));

        Assert.Equal(RefuseReason.Key, Assert.IsType<MemberHandshakeResult.Refused>(played.Member).Reason);
        Assert.Equal(RefuseReason.Key, Assert.IsType<ServerHandshakeResult.Refused>(played.Server).Reason);
    }

    [Fact]
    public void Play_OtherKey_IsRefusedBeforeAChallenge()
    {
        Sides.Played played = Sides.Play(Sides.Member(Sides.OtherKey), Sides.Server(Sides.Key));

        Assert.Equal(RefuseReason.Key, Assert.IsType<MemberHandshakeResult.Refused>(played.Member).Reason);
        Assert.Single(played.FromServer);
    }

    [Fact]
    public void Feed_ProofOfAnotherKeyWithTheRightKeyId_IsRefused()
    {
        ServerHandshake server = Sides.Server(Sides.Key);
        Sides.Feed(server, HelloWith(Sides.Key.Id, Sides.MemberNonce));

        (ServerHandshakeResult? result, byte[] reply) = Sides.Feed(
            server, Sides.Frame(Sides.Term, new ProofFrame(Sides.OtherKey.MemberMac([]))));

        Assert.Equal(RefuseReason.Key, Assert.IsType<ServerHandshakeResult.Refused>(result).Reason);
        Assert.Equal(RefuseReason.Key, Sides.Parse<RefuseFrame>(reply).Reason);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(31)]
    [InlineData(33)]
    public void Feed_ProofOfAnotherLength_IsRefused(int length)
    {
        ServerHandshake server = Sides.Server(Sides.Key);
        Sides.Feed(server, HelloWith(Sides.Key.Id, Sides.MemberNonce));

        (ServerHandshakeResult? result, _) = Sides.Feed(server, Sides.Frame(Sides.Term, new ProofFrame(new byte[length])));

        Assert.Equal(RefuseReason.Key, Assert.IsType<ServerHandshakeResult.Refused>(result).Reason);
    }

    [Fact]
    public void Feed_ReplayOfAWholeExchange_IsRefused()
    {
        Sides.Played overheard = Sides.Play(Sides.Member(Sides.Key), Sides.Server(Sides.Key));
        ServerHandshake server = Sides.Server(Sides.Key, nonce: [.. Sides.ServerNonce.Reverse()]);

        Assert.Null(Sides.Feed(server, overheard.FromMember[0]).Result);
        (ServerHandshakeResult? result, _) = Sides.Feed(server, overheard.FromMember[1]);

        Assert.Equal(RefuseReason.Key, Assert.IsType<ServerHandshakeResult.Refused>(result).Reason);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(16)]
    [InlineData(33)]
    public void Feed_NonceOfAnotherLength_IsRefused(int length)
    {
        (ServerHandshakeResult? result, _) = Sides.Feed(Sides.Server(Sides.Key), HelloWith(Sides.Key.Id, new byte[length]));

        Assert.Equal(RefuseReason.Protocol, Assert.IsType<ServerHandshakeResult.Refused>(result).Reason);
    }

    [Fact]
    public void Feed_HelloAgainInsteadOfProof_IsRefused()
    {
        ServerHandshake server = Sides.Server(Sides.Key);
        byte[] hello = HelloWith(Sides.Key.Id, Sides.MemberNonce);
        Sides.Feed(server, hello);

        (ServerHandshakeResult? result, _) = Sides.Feed(server, hello);

        Assert.Equal(RefuseReason.Protocol, Assert.IsType<ServerHandshakeResult.Refused>(result).Reason);
    }

    [Fact]
    public void Play_ThePagesExchange_GivesItsBytes()
    {
        Sides.Played played = Sides.Play(Sides.Member(Sides.Key), Sides.Server(Sides.Key));

        Assert.Equal(Hex("exchange hello"), Convert.ToHexString(played.FromMember[0]));
        Assert.Equal(Hex("exchange challenge"), Convert.ToHexString(played.FromServer[0]));
        Assert.Equal(Hex("exchange proof"), Convert.ToHexString(played.FromMember[1]));
        Assert.Equal(Hex("exchange welcome"), Convert.ToHexString(played.FromServer[1]));
    }

    private static string Hex(string name) => Convert.ToHexString(ProtocolPage.Golden[name]);

    private static byte[] HelloWith(ReadOnlyMemory<byte> keyId, byte[] nonce) => Sides.Frame(Term.None, new HelloFrame(
        1, 1, 0, "default", "db1", null, Guid.Empty, HelloFlags.None, keyId, nonce, null));
}
