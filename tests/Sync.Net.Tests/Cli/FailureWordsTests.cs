using System.Text;
using System.Text.Json;
using Sync.Net.Cli.Output;
using Sync.Net.Texts;

namespace Sync.Net.Tests.Cli;

public sealed class FailureWordsTests
{
    public static TheoryData<SyncFailureKind> Kinds => [.. Enum.GetValues<SyncFailureKind>()];

    /// <summary>What the record says is what --json says, and the page that describes both has it.</summary>
    [Theory]
    [MemberData(nameof(Kinds))]
    public void Kind_HasOneWord(SyncFailureKind kind)
    {
        byte[] json = Printer.BytesOf(writer => FailureJson.Write(writer, new SyncFailure { Kind = kind }, "text"));
        string word = JsonDocument.Parse(Encoding.UTF8.GetString(json)).RootElement.GetProperty("failure").GetString()!;

        Assert.Equal(Words.Of(kind), word);
        Assert.NotEqual("failed", word);
        Assert.Contains($"`{word}`", HouseRules.Repository.Read("docs/cli.md"), StringComparison.Ordinal);
    }
}
