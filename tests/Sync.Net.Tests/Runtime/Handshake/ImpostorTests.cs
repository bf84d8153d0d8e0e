using Sync.Net.Runtime.Handshake;
using Sync.Net.Wire;

namespace Sync.Net.Tests.Runtime.Handshake;

/// <summary>Servers that do not hold the member's key: it must go away and have sent nothing but hello and proof.</summary>
public sealed class ImpostorTests
{
    private static readonly ChallengeFrame Challenge = new(1, 0, Sides.ServerNonce);

    [Fact]
    public void Feed_WelcomeWithoutChallenge_IsRefused() => AssertRefused(
        Started(), Sides.Frame(Sides.Term, Sides.Welcome with { Version = 1 }));

    [Theory]
    [InlineData(0)]
    [InlineData(32)]
    public void Feed_WelcomeWithAnotherMac_IsRefused(int length) => AssertRefused(
        Challenged(out _), Sides.Frame(Sides.Term, Sides.Welcome with { Version = 1, Mac = new byte[length] }));

    [Fact]
    public void Feed_OwnProofReflectedAsMac_IsRefused()
    {
        MemberHandshake member = Challenged(out byte[] proof);

        AssertRefused(member, Sides.Frame(
            Sides.Term, Sides.Welcome with { Version = 1, Mac = Sides.Parse<ProofFrame>(proof).Mac }));
    }

    [Fact]
    public void Feed_OwnNonceReflectedAsChallenge_GivesNoMacThatPasses()
    {
        MemberHandshake member = Started();
        (_, byte[] proof) = Sides.Feed(member, Sides.Frame(Sides.Term, new ChallengeFrame(1, 0, Sides.MemberNonce)));

        AssertRefused(member, Sides.Frame(
            Sides.Term, Sides.Welcome with { Version = 1, Mac = Sides.Parse<ProofFrame>(proof).Mac }));
    }

    [Fact]
    public void Feed_WelcomeOfAnotherExchange_IsRefused()
    {
        Sides.Played overheard = Sides.Play(Sides.Member(Sides.Key), Sides.Server(Sides.Key));
        MemberHandshake member = new(Sides.Identity, Sides.Key, Sides.Context, [.. Sides.MemberNonce.Reverse()]);
        member.Start(new System.Buffers.ArrayBufferWriter<byte>());
        Sides.Feed(member, overheard.FromServer[0]);

        AssertRefused(member, overheard.FromServer[1]);
    }

    [Fact]
    public void Feed_WelcomeChangedInAnyByte_IsNotTrusted()
    {
        byte[] welcome = Sides.Play(Sides.Member(Sides.Key), Sides.Server(Sides.Key)).FromServer[1];
        for (int at = Frames.LengthPrefixBytes; at < welcome.Length; at++)
        {
            byte[] changed = [.. welcome];
            changed[at] ^= 1;

            (MemberHandshakeResult? result, byte[] output) = Sides.Feed(Challenged(out _), changed);

            Assert.IsNotType<MemberHandshakeResult.Seated>(result);
            Assert.Empty(output);
        }
    }

    [Fact]
    public void Feed_SecondChallenge_GetsNoSecondProof()
    {
        MemberHandshake member = Challenged(out _);

        (MemberHandshakeResult? result, byte[] output) = Sides.Feed(member, Sides.Frame(Sides.Term, Challenge));

        Assert.IsType<MemberHandshakeResult.Refused>(result);
        Assert.Empty(output);
    }

    [Fact]
    public void Feed_ChallengeToAMemberWithoutKey_IsRefused()
    {
        MemberHandshake member = Sides.Member(null);
        Sides.Written(member.Start);

        AssertRefused(member, Sides.Frame(Sides.Term, Challenge));
    }

    [Fact]
    public void Same_Compares_InConstantTime()
    {
        System.Reflection.MethodInfo same = typeof(GroupKey).GetMethod(nameof(GroupKey.Same))!;
        byte[] code = same.GetMethodBody()!.GetILAsByteArray()!;

        Assert.Contains(
            Enumerable.Range(0, code.Length - 4).Where(at => code[at] == 0x28),
            at => same.Module.ResolveMethod(BitConverter.ToInt32(code, at + 1)) is { Name: "FixedTimeEquals" });
    }

    private static MemberHandshake Started()
    {
        MemberHandshake member = Sides.Member(Sides.Key);
        Sides.Written(member.Start);
        return member;
    }

    private static MemberHandshake Challenged(out byte[] proof)
    {
        MemberHandshake member = Started();
        (MemberHandshakeResult? result, proof) = Sides.Feed(member, Sides.Frame(Sides.Term, Challenge));
        Assert.Null(result);
        return member;
    }

    private static void AssertRefused(MemberHandshake member, byte[] bytes)
    {
        (MemberHandshakeResult? result, byte[] output) = Sides.Feed(member, bytes);

        Assert.Equal(RefuseReason.Key, Assert.IsType<MemberHandshakeResult.Refused>(result).Reason);
        Assert.Empty(output);
    }
}
