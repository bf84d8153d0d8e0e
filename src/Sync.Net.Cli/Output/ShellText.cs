namespace Sync.Net.Cli.Output;

/// <summary>Text as a POSIX shell reads it back.</summary>
internal static class ShellText
{
    /// <summary>Within single quotes nothing has a meaning but the quote.</summary>
    public static string Quoted(string text) => $"'{text.Replace("'", @"'\''", StringComparison.Ordinal)}'";
}
