using Microsoft.Data.Sqlite;

namespace Sync.Net.Cli.State;

/// <summary>The state file of a server, held alone for as long as the server runs. A write is on the disk when it returns.</summary>
internal sealed class SqliteStore : ISyncStore, IDisposable
{
    private const int Busy = 5;
    private const int Locked = 6;

    private readonly string _path;
    private readonly SqliteConnection _connection;

    private SqliteStore(string path)
    {
        _path = path;
        _connection = StateFile.Connect(path, SqliteOpenMode.ReadWrite);
    }

    /// <exception cref="IOException">It is another file, damaged, or another server's.</exception>
    public static SqliteStore Open(string path)
    {
        StateFile.Prepare(path);
        SqliteStore store = new(path);
        try
        {
            store.Hold();
            return store;
        }
        catch (SqliteException e) when (e.SqliteErrorCode is Busy or Locked)
        {
            store.Dispose();
            throw new IOException($"the state file '{path}' is used by another server: stop that one, or name another file.", e);
        }
        catch (SqliteException e)
        {
            store.Dispose();
            throw store.Damaged(e.Message, e);
        }
        catch
        {
            store.Dispose();
            throw;
        }
    }

    public IReadOnlyList<SyncStoreEntry> Load()
    {
        List<SyncStoreEntry> entries = [];
        try
        {
            using SqliteCommand command = Command("SELECT group_name, key, value, checksum FROM entry");
            using SqliteDataReader rows = command.ExecuteReader();
            while (rows.Read())
            {
                SyncStoreEntry entry = new(rows.GetString(0), rows.GetString(1), rows.GetFieldValue<byte[]>(2));
                if (Checksum.Of(entry) != rows.GetInt64(3)) throw Damaged($"the checksum of an entry of group '{entry.Group}' is wrong", null);
                entries.Add(entry);
            }
        }
        catch (SqliteException e)
        {
            throw Damaged(e.Message, e);
        }
        return entries;
    }

    public void Write(IReadOnlyList<SyncStoreEntry> entries)
    {
        try
        {
            using SqliteTransaction transaction = _connection.BeginTransaction();
            foreach (SyncStoreEntry entry in entries) Write(entry, transaction);
            transaction.Commit();
        }
        catch (SqliteException e)
        {
            throw new IOException($"the state file '{_path}' can't be written: {e.Message.TrimEnd('.')}. Look at the disk, then start the server again.", e);
        }
    }

    public void Dispose() => _connection.Dispose();

    private void Write(SyncStoreEntry entry, SqliteTransaction transaction)
    {
        using SqliteCommand command = Command((entry.Key, entry.Value) switch
        {
            (null, _) => "DELETE FROM entry WHERE group_name = $group",
            (_, null) => "DELETE FROM entry WHERE group_name = $group AND key = $key",
            _ => """
                INSERT INTO entry (group_name, key, value, checksum) VALUES ($group, $key, $value, $checksum)
                ON CONFLICT (group_name, key) DO UPDATE SET value = excluded.value, checksum = excluded.checksum
                """,
        });
        command.Transaction = transaction;
        command.Parameters.AddWithValue("$group", entry.Group);
        if (entry.Key is { } key) command.Parameters.AddWithValue("$key", key);
        if (entry is { Key: not null, Value: { } value })
        {
            command.Parameters.AddWithValue("$value", value.ToArray());
            command.Parameters.AddWithValue("$checksum", Checksum.Of(entry));
        }
        command.ExecuteNonQuery();
    }

    private void Hold()
    {
        _connection.Open();
        // The order matters: the lock is taken with the first access after it is asked for, and kept.
        Run("PRAGMA locking_mode = EXCLUSIVE");
        Run("BEGIN EXCLUSIVE; COMMIT");
        using (SqliteCommand check = Command("PRAGMA quick_check(1)"))
        {
            if (check.ExecuteScalar() is not "ok") throw Damaged("its check failed", null);
        }
        Run("PRAGMA journal_mode = WAL");
        Run("PRAGMA synchronous = FULL");
    }

    private void Run(string text)
    {
        using SqliteCommand command = Command(text);
        command.ExecuteNonQuery();
    }

    private SqliteCommand Command(string text)
    {
        SqliteCommand command = _connection.CreateCommand();
        command.CommandText = text;
        return command;
    }

    private IOException Damaged(string how, Exception? inner) =>
        new($"the state file '{_path}' is damaged: {how.TrimEnd('.')}. It is not changed. {StateFile.Remedy}", inner);
}
