using Sync.Net.Transport;

namespace Sync.Net.Runtime.Server;

/// <summary>What one or more events set in motion and is to be done outside the group's lock.</summary>
internal sealed class Batch
{
    private readonly List<GroupLink> _remote = [];
    private readonly List<GroupLink> _local = [];
    private readonly List<(string Member, string Text)> _notes = [];

    /// <summary>Counts how often it had several to tell.</summary>
    private uint _turn;

    /// <summary>Unique within the group for each use.</summary>
    public long Id { get; set; }

    /// <summary>Under the group's lock.</summary>
    public void Touch(GroupLink link)
    {
        if (link.TouchedBy == Id) return;
        link.TouchedBy = Id;
        (link.IsLocal ? _local : _remote).Add(link);
    }

    /// <summary>Under the group's lock; logged outside, because loggers are the user's code.</summary>
    public void Note(string member, string text) => _notes.Add((member, text));

    /// <summary>Members of this process come last: by then the others' bytes went to the kernel.</summary>
    public void Flush(Group group)
    {
        DispatchRemote();
        foreach (GroupLink link in _local) link.Dispatch();
        foreach ((string member, string text) in _notes) group.Log(member, text);
        _remote.Clear();
        _local.Clear();
        _notes.Clear();
    }

    /// <summary>What goes to members that share a connection goes out together. Each turn begins with another one: nobody is always told last.</summary>
    private void DispatchRemote()
    {
        int count = _remote.Count;
        int first = count > 1 ? (int)(_turn++ % (uint)count) : 0;
        WriteGathering.Begin();
        try
        {
            for (int i = 0; i < count; i++) _remote[first + i < count ? first + i : first + i - count].Dispatch();
        }
        finally
        {
            WriteGathering.End();
        }
    }
}
