using System.Buffers;
using System.Text;
using CsCheck;
using Sync.Net.Runtime.Handshake;
using Sync.Net.Tests.Wire;
using Sync.Net.Wire;

namespace Sync.Net.Tests.Runtime.Handshake;

public sealed class ForeignProgramTests
{
    [Theory]
    [InlineData("GET / HTTP/1.1\r\nHost: x\r\n\r\n", "HTTP")]
    [InlineData("SSH-2.0-OpenSSH_9.6\r\n", "SSH")]
    [InlineData("\u0016\u0003\u0001\u0002\u0000\u0001", "TLS")]
    [InlineData("*1\r\n$4\r\nPING\r\n", "another protocol")]
    [InlineData("\n", "another protocol")]
    public void Feed_BytesOfAnotherProgram_AreKnownByTheFirst(string text, string name)
    {
        byte[] bytes = Encoding.Latin1.GetBytes(text);

        (ServerHandshakeResult? server, byte[] reply) = Sides.Feed(Sides.Server(Sides.Key), bytes);
        (MemberHandshakeResult? member, byte[] answer) = Sides.Feed(Sides.Member(Sides.Key), bytes);

        Assert.Contains($" {name},", Assert.IsType<ServerHandshakeResult.NotSyncNet>(server).Text, StringComparison.Ordinal);
        Assert.Contains($" {name},", Assert.IsType<MemberHandshakeResult.NotSyncNet>(member).Text, StringComparison.Ordinal);
        Assert.Empty(reply);
        Assert.Empty(answer);
    }

    [Theory]
    [InlineData("00000000")]
    [InlineData("00000010 9e")]
    [InlineData("00000040 9e 02 00 00")]
    [InlineData("00000040 9e 01 00 00 a7")]
    [InlineData("00000040 9e 01 00 00 a8 73 79 6e 63 2e 6e 65 75")]
    [InlineData("00000040 c0")]
    public void Feed_LikelyLengthButNoHello_IsKnownBeforeTheFrameIsThere(string hex)
    {
        byte[] bytes = Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal));
        bool incomplete = hex.EndsWith("9e", StringComparison.Ordinal);

        (ServerHandshakeResult? result, _) = Sides.Feed(Sides.Server(null), bytes);

        if (incomplete) Assert.Null(result);
        else Assert.IsType<ServerHandshakeResult.NotSyncNet>(result);
    }

    [Fact]
    public void Feed_EveryPrefixOfAHello_NeedsMore()
    {
        byte[] hello = Sides.Written(Sides.Member(Sides.Key).Start);
        for (int length = 0; length < hello.Length; length++)
        {
            (ServerHandshakeResult? result, byte[] reply) = Sides.Feed(Sides.Server(Sides.Key), hello[..length]);
            Assert.Null(result);
            Assert.Empty(reply);
        }
    }

    [Fact]
    public void Feed_HelloInPiecesOfOneByte_IsRead()
    {
        ReadOnlySequence<byte> hello = Segments.OneByteEach(Sides.Written(Sides.Member(Sides.Key).Start));
        ArrayBufferWriter<byte> output = new();

        Assert.Null(Sides.Server(Sides.Key).Feed(ref hello, completed: false, output));

        Assert.True(hello.IsEmpty);
        Assert.Equal(Sides.ServerNonce, Sides.Parse<ChallengeFrame>(output.WrittenSpan.ToArray()).Nonce.ToArray());
    }

    [Fact]
    public void Feed_OversizeHello_IsRefusedByItsFirstBytes()
    {
        byte[] hello = Sides.Frame(Term.None, new HelloFrame(
            1, 1, 0, new string('g', 9000), "db1", null, Guid.Empty, HelloFlags.None, default, default, null));

        (ServerHandshakeResult? result, byte[] reply) = Sides.Feed(Sides.Server(null), hello[..40]);

        Assert.Equal(RefuseReason.Limit, Assert.IsType<ServerHandshakeResult.Refused>(result).Reason);
        Assert.Equal(RefuseReason.Limit, Sides.Parse<RefuseFrame>(reply).Reason);
    }

    [Fact]
    public void Feed_NameTooLong_IsRefusedAsMalformed()
    {
        byte[] hello = Sides.Frame(Term.None, new HelloFrame(
            1, 1, 0, new string('g', 300), "db1", null, Guid.Empty, HelloFlags.None, default, default, null));

        (ServerHandshakeResult? result, _) = Sides.Feed(Sides.Server(null), hello);

        Assert.Equal(
            new ServerHandshakeResult.Refused(RefuseReason.Protocol, "Frame 'Hello', field 'group': too long."), result);
    }

    [Fact]
    public void Feed_Anything_GivesAResultOrNeedsMore() => Gen.Byte.Array[0, 60].Sample(bytes =>
    {
        Sides.Feed(Sides.Server(Sides.Key), bytes);
        Sides.Feed(Sides.Member(Sides.Key), bytes);
        byte[] hello = Sides.Written(Sides.Member(Sides.Key).Start);
        for (int i = 0; i < bytes.Length; i++) hello[(bytes[i] * 31) % hello.Length] ^= bytes[i];
        Sides.Feed(Sides.Server(Sides.Key), hello);
    }, iter: 2000);
}
