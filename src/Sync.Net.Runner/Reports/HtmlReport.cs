using System.Security.Cryptography;
using System.Text;
using Sync.Net.Runner.Reports.Analysis;

namespace Sync.Net.Runner.Reports;

/// <summary>One page that holds everything it needs: its style, its script, and the run as data that nothing executes.</summary>
internal static class HtmlReport
{
    private static readonly string[] Scripts = ["format.js", "model.js", "theme.js", "view.js", "draw.js", "table.js", "panels.js", "pointer.js", "main.js"];

    public static void Write(RunAnalysis analysis, Stream stream)
    {
        string style = Asset("report.css");
        string script = "'use strict';\n(() => {\n" + string.Concat(Scripts.Select(Asset)) + "})();\n";
        string title = Escaped($"{VisibleText.Of(analysis.Run.Name, 200)} – {VerdictText.Of(analysis.Run.Verdict)}");
        using StreamWriter page = new(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true) { NewLine = "\n" };
        // Only this very script and style, and nothing from anywhere: a name that got past the escaping could still do nothing.
        page.WriteLine(
            $"""
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src '{Hash(script)}'; style-src '{Hash(style)}'; base-uri 'none'; form-action 'none'">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <title>{title}</title>
            <style>{style}</style>
            </head>
            """);
        page.Write(Asset("body.html"));
        page.Write("<script type=\"application/json\" id=\"data\">");
        page.Flush();
        // Its writer escapes <, > and &, and so no name ends the element.
        HtmlData.Write(analysis, stream);
        page.WriteLine("</script>");
        page.WriteLine($"<script>{script}</script>");
        page.WriteLine("</body>\n</html>");
    }

    private static string Hash(string text) => "sha256-" + Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private static string Escaped(string text) => System.Net.WebUtility.HtmlEncode(text);

    private static string Asset(string name)
    {
        using Stream stream = typeof(HtmlReport).Assembly.GetManifestResourceStream("Reports/" + name)
            ?? throw new InvalidOperationException($"The assembly lacks its resource '{name}'.");
        using StreamReader reader = new(stream, Encoding.UTF8);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
