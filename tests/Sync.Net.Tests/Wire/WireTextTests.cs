using System.Buffers;
using System.Text;
using Sync.Net.Wire;

namespace Sync.Net.Tests.Wire;

public sealed class WireTextTests
{
    [Theory]
    [InlineData("short", 64, "short")]
    [InlineData("0123456789", 10, "0123456789")]
    [InlineData("0123456789x", 10, "0123456…")]
    [InlineData("ééééé", 9, "ééé…")]
    [InlineData("😀😀😀", 11, "😀😀…")]
    public void Cut_Text_FitsAndEndsAtACharacter(string text, int maxBytes, string expected)
    {
        string cut = WireText.Cut(text, maxBytes);

        Assert.Equal(expected, cut);
        Assert.InRange(Encoding.UTF8.GetByteCount(cut), 0, maxBytes);
    }

    [Fact]
    public void Write_ReasonThatIsTooLong_IsCutSoThatItCanBeRead()
    {
        AbortFrame abort = new(1, 0, new SessionKey(SessionKind.Barrier, "b"), 0, null, new string('é', 100_000));
        ArrayBufferWriter<byte> output = new();

        Frames.Write(output, Term.None, abort);

        AbortFrame read = Frames.Read<AbortFrame>(Wired.ReadRaw(new(output.WrittenMemory)), Wired.Context);
        Assert.EndsWith("é…", read.Reason, StringComparison.Ordinal);
    }
}
