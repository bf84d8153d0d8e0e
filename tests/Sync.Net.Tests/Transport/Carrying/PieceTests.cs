using System.Buffers;
using Sync.Net.Tests.Wire;
using Sync.Net.Transport.Carrying;

namespace Sync.Net.Tests.Transport.Carrying;

public sealed class PieceTests
{
    [Fact]
    public void Write_PiecesOfThePage_GivesTheirBytes() =>
        Assert.Equal(Convert.ToHexString(ProtocolPage.Pieces), Convert.ToHexString(Written((1, "abc"u8.ToArray()), (1, []))));

    [Fact]
    public void Read_AnyPieces_GivesThemBackWhereverTheyAreCut()
    {
        var random = new Random(1);
        (uint Lane, byte[] Bytes)[] pieces =
        [
            .. Enumerable.Range(0, 20).Select(i =>
            {
                byte[] bytes = new byte[random.Next(0, 40)];
                random.NextBytes(bytes);
                return (i % 3 == 0 ? uint.MaxValue : (uint)random.Next(1, 5), bytes);
            }),
        ];
        byte[] all = Written(pieces);

        for (int cut = 0; cut <= all.Length; cut++)
        {
            List<(uint, byte[])> read = [];
            var first = new ReadOnlySequence<byte>(all, 0, cut);
            ReadAll(ref first, read);
            // What was left is looked at again with what came later, in segments of their own.
            byte[] left = [.. first.ToArray(), .. all[cut..]];
            ReadOnlySequence<byte> rest = first.IsEmpty || cut == all.Length ? new(left) : Segments.SplitAt(left, (int)first.Length);
            ReadAll(ref rest, read);
            Assert.True(rest.IsEmpty);
            Assert.Equal(pieces.Select(Text), read.Select(Text));
        }
    }

    [Fact]
    public void Read_LongestPiece_IsTaken()
    {
        var buffer = new ReadOnlySequence<byte>(Written((7, new byte[Piece.MostBytes])));

        Assert.Equal(PieceStatus.Piece, Piece.TryRead(ref buffer, out uint lane, out ReadOnlySequence<byte> bytes));

        Assert.Equal((7u, (long)Piece.MostBytes), (lane, bytes.Length));
    }

    [Theory]
    [InlineData("00000001 00010001")]
    [InlineData("00000001 ffffffff")]
    [InlineData("00000000 00000001 61")]
    [InlineData("00000000 00000000")]
    public void Read_TooLongOrOfNoLane_IsMalformedBeforeItsBytesAreThere(string hex)
    {
        var buffer = new ReadOnlySequence<byte>(Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal)));

        Assert.Equal(PieceStatus.Malformed, Piece.TryRead(ref buffer, out _, out _));
    }

    [Fact]
    public void Read_Garbage_NeverThrowsAndTakesNoMoreThanThereIs()
    {
        var random = new Random(2);
        for (int i = 0; i < 20_000; i++)
        {
            byte[] bytes = new byte[random.Next(0, 30)];
            random.NextBytes(bytes);
            // Most lengths would be too large otherwise.
            for (int at = 4; at < Math.Min(7, bytes.Length); at++) bytes[at] = 0;
            var buffer = new ReadOnlySequence<byte>(bytes);
            PieceStatus status = Piece.TryRead(ref buffer, out _, out ReadOnlySequence<byte> piece);
            Assert.Equal(bytes.Length, buffer.Length + (status == PieceStatus.Piece ? Piece.HeaderBytes + piece.Length : 0));
        }
    }

    private static byte[] Written(params (uint Lane, byte[] Bytes)[] pieces)
    {
        var output = new ArrayBufferWriter<byte>();
        foreach ((uint lane, byte[] bytes) in pieces) Piece.Write(output, lane, bytes);
        return output.WrittenSpan.ToArray();
    }

    private static void ReadAll(ref ReadOnlySequence<byte> buffer, List<(uint, byte[])> read)
    {
        while (Piece.TryRead(ref buffer, out uint lane, out ReadOnlySequence<byte> bytes) == PieceStatus.Piece) read.Add((lane, bytes.ToArray()));
    }

    private static string Text((uint Lane, byte[] Bytes) piece) => $"{piece.Lane}:{Convert.ToHexString(piece.Bytes)}";
}
