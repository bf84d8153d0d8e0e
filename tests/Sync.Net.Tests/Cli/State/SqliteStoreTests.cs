using System.Buffers.Binary;
using System.Text;
using Microsoft.Data.Sqlite;
using Sync.Net.Cli.State;

namespace Sync.Net.Tests.Cli.State;

/// <summary>The state file: what was written is there, and no other file is ever touched.</summary>
public sealed class SqliteStoreTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("syncnet-state-").FullName;

    private string Name => Path.Combine(_folder, "state");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Write_LastWordOnAnEntryCounts()
    {
        using (SqliteStore store = SqliteStore.Open(Name))
        {
            Assert.Empty(store.Load());
            store.Write([Entry("g", "a", "1"), Entry("g", "b", "1"), Entry("G", "a", "1"), Entry("gone", "a", "1")]);
            store.Write([Entry("g", "a", "2"), new("g", "b", null), new("gone", null, null), Entry("ü 漢", "k\nk", ""), Entry("g", "A", "3")]);
        }

        Assert.Equal(["G a 1", "g A 3", "g a 2", "ü 漢 k\nk "], Read());
        Assert.Equal([Name], Directory.GetFiles(_folder));
    }

    [Fact]
    public void Write_LargeAndMany_ComeBack()
    {
        byte[] large = new byte[3 << 20];
        Random.Shared.NextBytes(large);
        using (SqliteStore store = SqliteStore.Open(Name))
        {
            store.Write([new("g", "large", large), .. Enumerable.Range(0, 5000).Select(static i => Entry("g", $"k{i}", "v"))]);
        }

        using SqliteStore again = SqliteStore.Open(Name);
        IReadOnlyList<SyncStoreEntry> entries = again.Load();
        Assert.Equal(5001, entries.Count);
        Assert.Equal(large, entries.Single(static each => each.Key == "large").Value!.Value.ToArray());
    }

    [Fact]
    public void Write_OneEntryFails_NoneIsThere()
    {
        using (SqliteStore store = SqliteStore.Open(Name))
        {
            Assert.ThrowsAny<Exception>(() => store.Write([Entry("g", "a", "1"), new(null!, "b", new byte[1])]));
            store.Write([Entry("g", "c", "1")]);
        }

        Assert.Equal(["g c 1"], Read());
    }

    [Fact]
    public void Open_InUse_IsRefusedUntilTheOtherEnds()
    {
        SqliteStore first = SqliteStore.Open(Name);
        AssertRefused("used by another server");
        first.Dispose();

        SqliteStore.Open(Name).Dispose();
    }

    [Theory]
    [InlineData("")]
    [InlineData("hello")]
    [InlineData("SQLite format 3\0")]
    public void Open_ForeignFile_IsRefusedAndNotChanged(string content)
    {
        File.WriteAllText(Name, content.PadRight(content.Length * 40, 'x'));

        AssertRefused("no state file of syncnet");
    }

    [Fact]
    public void Open_OtherProgramsDatabase_IsRefusedAndNotChanged()
    {
        using (SqliteConnection other = StateFile.Connect(Name, SqliteOpenMode.ReadWriteCreate))
        {
            other.Open();
            using SqliteCommand command = other.CreateCommand();
            command.CommandText = "CREATE TABLE entry (group_name TEXT)";
            command.ExecuteNonQuery();
        }

        AssertRefused("no state file of syncnet");
    }

    [Fact]
    public void Open_LaterVersion_IsRefusedAndNotChanged()
    {
        SqliteStore.Open(Name).Dispose();
        Change(static bytes => BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(60), 2));

        AssertRefused("is of version 2");
    }

    [Fact]
    public void Open_Folder_IsRefused()
    {
        Directory.CreateDirectory(Name);

        Assert.Contains("is a folder", Assert.Throws<IOException>(() => SqliteStore.Open(Name)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_NoSuchFolder_NamesTheFile()
    {
        string name = Path.Combine(_folder, "no", "state");

        Assert.Contains($"'{name}' can't be made", Assert.Throws<IOException>(() => SqliteStore.Open(name)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_TruncatedFile_IsRefusedAndNotChanged()
    {
        Fill();
        byte[] whole = File.ReadAllBytes(Name);
        File.WriteAllBytes(Name, whole[..(whole.Length / 2)]);

        AssertRefused("is damaged");
    }

    [Fact]
    public void Open_OverwrittenPages_AreRefusedAndNotChanged()
    {
        Fill();
        Change(static bytes => bytes.AsSpan(4096 * 5, 3000).Fill(0xff));

        AssertRefused("is damaged");
    }

    [Fact]
    public void Load_OneChangedByteOfAValue_IsRefusedAndNotChanged()
    {
        Fill();
        Change(static bytes => bytes[bytes.AsSpan().IndexOf("needle"u8)]++);
        byte[] before = File.ReadAllBytes(Name);

        using (SqliteStore store = SqliteStore.Open(Name))
        {
            string why = Assert.Throws<IOException>(store.Load).Message;
            Assert.Contains(Name, why, StringComparison.Ordinal);
            Assert.Contains("is damaged: the checksum of an entry of group 'g' is wrong", why, StringComparison.Ordinal);
        }
        Assert.Equal(before.Length, File.ReadAllBytes(Name).Length);
        Assert.Contains("oeedle", Encoding.Latin1.GetString(File.ReadAllBytes(Name)), StringComparison.Ordinal);
    }

    private void AssertRefused(string why)
    {
        byte[] before = Bytes();
        string message = Assert.Throws<IOException>(() => SqliteStore.Open(Name)).Message;

        Assert.Contains(why, message, StringComparison.Ordinal);
        Assert.Contains(Name, message, StringComparison.Ordinal);
        Assert.Equal(before, Bytes());
    }

    private byte[] Bytes()
    {
        using FileStream file = new(Name, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        byte[] bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        return bytes;
    }

    private void Fill()
    {
        using SqliteStore store = SqliteStore.Open(Name);
        store.Write([.. Enumerable.Range(0, 500).Select(static i => Entry("g", $"key {i}", i == 77 ? "needle" : new string('v', 100)))]);
    }

    private void Change(Action<byte[]> change)
    {
        byte[] bytes = File.ReadAllBytes(Name);
        change(bytes);
        File.WriteAllBytes(Name, bytes);
    }

    private string[] Read()
    {
        using SqliteStore store = SqliteStore.Open(Name);
        return [.. store.Load().Select(static each => $"{each.Group} {each.Key} {Encoding.UTF8.GetString(each.Value!.Value.Span)}").Order(StringComparer.Ordinal)];
    }

    private static SyncStoreEntry Entry(string group, string key, string value) => new(group, key, Encoding.UTF8.GetBytes(value));
}
