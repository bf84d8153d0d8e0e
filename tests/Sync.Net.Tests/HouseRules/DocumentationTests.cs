using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Sync.Net.Tests.HouseRules;

public sealed partial class DocumentationTests
{
    private static readonly CSharpParseOptions Parsing = new(LanguageVersion.Preview);

    private static readonly MetadataReference[] References =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator)
            .Select(file => MetadataReference.CreateFromFile(file)),
    ];

    /// <summary>What implicit usings and the package give every project.</summary>
    private static readonly SyntaxTree GlobalUsings = CSharpSyntaxTree.ParseText(
        """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Net.Http;
        global using System.Threading;
        global using System.Threading.Tasks;
        global using Sync.Net;
        global using Xunit;
        global using Barrier = Sync.Net.Barrier;
        """,
        Parsing);

    public static TheoryData<string> Pages => [.. Repository.Pages];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Examples_Compile(string page)
    {
        foreach (Snippet snippet in Repository.SnippetsOf(page))
        {
            string[] faults =
            [
                .. Compile(snippet)
                    .GetDiagnostics(TestContext.Current.CancellationToken)
                    .Where(d => d.Severity >= DiagnosticSeverity.Warning)
                    .Select(d => d.ToString()),
            ];
            Assert.True(faults.Length == 0, $"{snippet.Page}, line {snippet.Line}:\n{string.Join('\n', faults)}");
        }
    }

    [Fact]
    public void Readme_HasAnExampleAndIsShort()
    {
        Assert.NotEmpty(Repository.SnippetsOf("README.md"));
        Assert.InRange(Repository.Read("README.md").Split('\n').Length, 1, 151);
    }

    [Fact]
    public void Options_AreAllMentioned()
    {
        string all = string.Join('\n', Repository.Pages.Select(Repository.Read));
        Type[] options = [typeof(SyncOptions), typeof(SyncServerOptions), typeof(SyncLimits)];

        string[] missing =
        [
            .. from type in options
               from option in type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
               where !Regex.IsMatch(all, $@"\b{option.Name}\b")
               select $"{type.Name}.{option.Name}",
        ];

        Assert.Empty(missing);
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void Links_PointToFilesAndHeadingsThatExist(string page)
    {
        string[] dead = [.. Link().Matches(Repository.Read(page)).Select(m => m.Groups["to"].Value).Where(to => IsDead(page, to))];

        Assert.Empty(dead);
    }

    private static CSharpCompilation Compile(Snippet snippet)
    {
        SyntaxTree tree = CSharpSyntaxTree.ParseText(snippet.Given + "\n" + snippet.Code, Parsing);
        bool isProgram = tree.GetRoot().ChildNodes().Any(node => node.IsKind(SyntaxKind.GlobalStatement));
        CSharpCompilationOptions options = new(
            isProgram ? OutputKind.ConsoleApplication : OutputKind.DynamicallyLinkedLibrary,
            nullableContextOptions: NullableContextOptions.Enable);
        return CSharpCompilation.Create("snippet", [tree, GlobalUsings], References, options);
    }

    private static bool IsDead(string page, string to)
    {
        if (to.Contains("://", StringComparison.Ordinal)) return false;
        string[] parts = to.Split('#');
        string target = parts[0].Length == 0 ? page : Path.Combine(Path.GetDirectoryName(page)!, parts[0]);
        string full = Path.Combine(Repository.Root, target);
        if (parts.Length == 1 || !full.EndsWith(".md", StringComparison.Ordinal)) return !Path.Exists(full);
        return !File.Exists(full) || !Heading().Matches(File.ReadAllText(full)).Any(m => Anchor(m.Groups["text"].Value) == parts[1]);
    }

    private static string Anchor(string heading) =>
        string.Concat(heading.Trim().ToLowerInvariant().Where(c => char.IsLetterOrDigit(c) || c is ' ' or '-' or '_')).Replace(' ', '-');

    [GeneratedRegex(@"\]\((?<to>[^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"^#+\s+(?<text>.+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();
}
