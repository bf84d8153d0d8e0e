using System.Globalization;
using System.Text;

namespace Sync.Net.Runner.Reports;

/// <summary>Names and texts of others as reports show them: one line, no character that is unseen or turns the reading order, bounded.</summary>
internal static class VisibleText
{
    /// <summary>Of texts; names are shorter by far.</summary>
    public const int MostCharacters = 1000;

    /// <summary>What is unseen becomes its number: ⟨U+000A⟩. The pictures of control characters are in few fonts.</summary>
    public static string Of(string text, int most = MostCharacters)
    {
        if (text.Length <= most && IsPlain(text)) return text;
        StringBuilder visible = new(Math.Min(text.Length, most) + 16);
        int taken = 0;
        foreach (Rune rune in text.EnumerateRunes())
        {
            if (taken++ == most)
            {
                // Who looks it up in results.json knows how much there is.
                visible.Append(CultureInfo.InvariantCulture, $"… ({text.Length} characters)");
                break;
            }
            Append(visible, rune);
        }
        return visible.ToString();
    }

    private static bool IsPlain(string text)
    {
        foreach (char c in text)
        {
            if (c is < ' ' or > '~') return false;
        }
        return true;
    }

    private static void Append(StringBuilder visible, Rune rune)
    {
        int value = rune.Value;
        if (IsUnseen(rune)) visible.Append(CultureInfo.InvariantCulture, $"⟨U+{value:X4}⟩");
        else visible.Append(rune.ToString());
    }

    /// <summary>Not legal in XML, without a shape, or with power over the order of what is beside it.</summary>
    private static bool IsUnseen(Rune rune) =>
        (rune.Value & 0xFFFE) == 0xFFFE
        || Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator
            or UnicodeCategory.ParagraphSeparator or UnicodeCategory.OtherNotAssigned;
}
