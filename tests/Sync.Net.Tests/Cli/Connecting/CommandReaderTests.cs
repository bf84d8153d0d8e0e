using System.Buffers;
using System.IO.Pipelines;
using Sync.Net.Cli.Connecting;

namespace Sync.Net.Tests.Cli.Connecting;

public sealed class CommandReaderTests : BoundedTest
{
    [Theory]
    [InlineData(1)]
    [InlineData(100)]
    [InlineData(4096)]
    [InlineData(5000)]
    public async Task Read_PiecesTakenInOtherPieces_GivesEachByteOnce(int taken)
    {
        byte[] sent = new byte[20_000];
        new Random(taken).NextBytes(sent);
        using var source = new MemoryStream(sent);
        var reader = new CommandReader(source);
        List<byte> got = [];

        while (true)
        {
            ReadResult read = await reader.ReadAsync(Token);
            bool isWhole = read.Buffer.Length >= taken || read.IsCompleted;
            ReadOnlySequence<byte> piece = isWhole ? read.Buffer.Slice(0, Math.Min(taken, read.Buffer.Length)) : read.Buffer.Slice(0, 0);
            got.AddRange(piece.ToArray());
            if (read.IsCompleted && read.Buffer.Length == piece.Length) break;
            // Looked at all of it, without a whole piece; else there is more to be taken at once.
            reader.AdvanceTo(piece.End, isWhole ? piece.End : read.Buffer.End);
            Assert.Equal(isWhole && read.Buffer.Length > piece.Length, HasMore(reader));
        }

        Assert.Equal(sent, got);
    }

    [Fact]
    public async Task Read_AtTheEnd_TellsOfItAgainAndAgain()
    {
        var reader = new CommandReader(new MemoryStream([]));
        for (int i = 0; i < 3; i++)
        {
            ReadResult read = await reader.ReadAsync(Token);
            Assert.True(read.IsCompleted);
            Assert.True(read.Buffer.IsEmpty);
            reader.AdvanceTo(read.Buffer.End);
        }
    }

    /// <summary>Without taking it.</summary>
    private static bool HasMore(CommandReader reader)
    {
        if (!reader.TryRead(out ReadResult read)) return false;
        reader.AdvanceTo(read.Buffer.Start, read.Buffer.Start);
        return !read.IsCompleted || !read.Buffer.IsEmpty;
    }
}
