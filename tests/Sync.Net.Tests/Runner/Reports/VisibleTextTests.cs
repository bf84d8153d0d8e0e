using Sync.Net.Runner.Reports;

namespace Sync.Net.Tests.Runner.Reports;

/// <summary>What hostile names and odd durations look like.</summary>
public sealed class VisibleTextTests
{
    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("größer 日本 😀", "größer 日本 😀")]
    [InlineData("a\nb\t\0", "a⟨U+000A⟩b⟨U+0009⟩⟨U+0000⟩")]
    [InlineData("\u007f\u0085", "⟨U+007F⟩⟨U+0085⟩")]
    [InlineData("abc\u202Efed", "abc⟨U+202E⟩fed")]
    [InlineData("\u2028\uFFFE\u200b", "⟨U+2028⟩⟨U+FFFE⟩⟨U+200B⟩")]
    public void Of_ShowsWhatIsUnseen(string text, string visible) => Assert.Equal(visible, VisibleText.Of(text));

    [Fact]
    public void Of_HalfASurrogatePair_IsReplaced() => Assert.Equal("a\uFFFDb", VisibleText.Of("a\uD800b"));

    [Fact]
    public void Of_LongText_IsCutAndSaysHowLongItWas() => Assert.Equal("aaaaa… (12 characters)", VisibleText.Of(new string('a', 12), 5));

    [Theory]
    [InlineData(0, "0 s")]
    [InlineData(0.00085, "850 µs")]
    [InlineData(0.0000012, "1.2 µs")]
    [InlineData(0.0123, "12.3 ms")]
    [InlineData(0.9996, "1 s")]
    [InlineData(4.214, "4.21 s")]
    [InlineData(99.96, "1 min 40 s")]
    [InlineData(125, "2 min 05 s")]
    [InlineData(3599.9, "1 h 00 min")]
    [InlineData(3725, "1 h 02 min")]
    [InlineData(-2.5, "-2.5 s")]
    public void Duration_HasThreeDigits(double seconds, string text) =>
        Assert.Equal(text, DurationText.Of(TimeSpan.FromTicks((long)Math.Round(seconds * TimeSpan.TicksPerSecond))));
}
