using System.Buffers.Binary;
using Microsoft.Data.Sqlite;

namespace Sync.Net.Cli.State;

/// <summary>Makes state files, and tells them from all others before anything is written to them.</summary>
internal static class StateFile
{
    public const string Remedy = "Name another file, or move this one away to begin with nothing.";

    /// <summary>"Sync", where SQLite keeps the mark of the program that a file belongs to.</summary>
    private const uint Mark = 0x53796E63;

    private const uint Version = 1;

    private const int VersionOffset = 60;
    private const int MarkOffset = 68;
    private const int HeaderBytes = 100;

    /// <summary>Makes the file if there is none; refuses every file that is no state file of this version.</summary>
    /// <exception cref="IOException">It is another file, or can't be read or made.</exception>
    public static void Prepare(string path)
    {
        if (Directory.Exists(path)) throw new IOException($"'{path}' is a folder, and no state file. {Remedy}");
        if (!File.Exists(path)) Create(path);
        Check(path);
    }

    private static void Check(string path)
    {
        Span<byte> header = stackalloc byte[HeaderBytes];
        using (FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete))
        {
            int read = file.ReadAtLeast(header, HeaderBytes, throwOnEndOfStream: false);
            if (read < HeaderBytes || !header.StartsWith("SQLite format 3\0"u8)) throw Foreign(path);
        }
        if (BinaryPrimitives.ReadUInt32BigEndian(header[MarkOffset..]) != Mark) throw Foreign(path);
        uint version = BinaryPrimitives.ReadUInt32BigEndian(header[VersionOffset..]);
        if (version != Version)
            throw new IOException($"the state file '{path}' is of version {version}, and this syncnet knows version {Version}: use the syncnet that wrote it. {Remedy}");
    }

    /// <summary>Under another name first: a file that is there is whole.</summary>
    private static void Create(string path)
    {
        string begun = $"{path}.{Guid.NewGuid():N}";
        try
        {
            using (SqliteConnection connection = Connect(begun, SqliteOpenMode.ReadWriteCreate))
            {
                connection.Open();
                using SqliteCommand command = connection.CreateCommand();
                command.CommandText = $"""
                    BEGIN;
                    PRAGMA application_id = {Mark};
                    PRAGMA user_version = {Version};
                    CREATE TABLE entry (
                        group_name TEXT NOT NULL, key TEXT NOT NULL, value BLOB NOT NULL, checksum INTEGER NOT NULL,
                        PRIMARY KEY (group_name, key)) STRICT;
                    COMMIT;
                    """;
                command.ExecuteNonQuery();
            }
            File.Move(begun, path, overwrite: false);
        }
        catch (SqliteException e)
        {
            throw new IOException($"the state file '{path}' can't be made: {e.Message.TrimEnd('.')}. Its folder must be there, and writable.", e);
        }
        catch (IOException) when (File.Exists(path))
        {
            // Another server was faster.
        }
        finally
        {
            if (File.Exists(begun)) File.Delete(begun);
        }
    }

    public static SqliteConnection Connect(string path, SqliteOpenMode mode) => new(new SqliteConnectionStringBuilder
    {
        DataSource = Path.GetFullPath(path),
        Mode = mode,
        // Closed is to mean closed: the file is another server's then.
        Pooling = false,
        DefaultTimeout = 1,
    }.ToString());

    private static IOException Foreign(string path) => new($"'{path}' is no state file of syncnet, and is not touched. {Remedy}");
}
