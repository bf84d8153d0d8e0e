using System.Globalization;
using Sync.Net.Texts;

namespace Sync.Net.Tests.Texts;

public sealed class ElapsedTests
{
    [Theory]
    [InlineData(0, "0 s", "0 s")]
    [InlineData(-1, "0 s", "0 s")]
    [InlineData(0.25, "0.25 s", "0.25 s")]
    [InlineData(2.54, "2.5 s", "2.5 s")]
    [InlineData(41.9, "00:00:41", "41 s")]
    [InlineData(119.9, "00:01:59", "119 s")]
    [InlineData(120.01, "00:02:00", "2 min")]
    [InlineData(7199, "01:59:59", "119 min")]
    [InlineData(7200, "02:00:00", "2 h")]
    [InlineData(90061, "1.01:01:01", "25 h")]
    [InlineData(200000, "2.07:33:20", "2 d")]
    public void Of_AnyDuration_IsReadable(double seconds, string whole, string shortly)
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = new CultureInfo("") { NumberFormat = { NumberDecimalSeparator = "," } };
        try
        {
            Assert.Equal(whole, Elapsed.Of(TimeSpan.FromSeconds(seconds)));
            Assert.Equal(shortly, Elapsed.Short(TimeSpan.FromSeconds(seconds)));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void OneLine_LongText_IsCutBetweenCharacters()
    {
        Assert.Equal("ab…", OneLine.Of("abcd", 2));
        Assert.Equal("a…", OneLine.Of("a😀b", 2));
        Assert.Equal("a b", OneLine.Of(" a\r\n\tb\u0000 "));
    }
}
