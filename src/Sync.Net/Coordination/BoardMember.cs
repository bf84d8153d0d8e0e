namespace Sync.Net.Coordination;

/// <summary>What a member that has sent stands for on a board, over all its incarnations.</summary>
internal sealed class BoardMember
{
    /// <summary>The number of its last message.</summary>
    public long Last { get; set; }

    /// <summary>The round that it is in.</summary>
    public long Round { get; private set; } = 1;

    /// <summary>The last round that it contributed to: the one that it is in, or the one before.</summary>
    public long Contributed { get; private set; }

    /// <summary>A round that was met for it, until the member is known to have heard so: it is in that round until then.</summary>
    public BoardRound? Owed { get; private set; }

    /// <summary>Its wait for the round; a member has one at a time.</summary>
    public SyncWait? Wait { get; set; }

    /// <summary>What an earlier server knew: that it contributed to a round, or is past it.</summary>
    public void Restore(long round, bool isMet)
    {
        Contributed = Math.Max(Contributed, round);
        Round = Math.Max(Round, isMet ? round + 1 : round);
    }

    public void Contribute() => Contributed = Round;

    public void Owe(BoardRound met)
    {
        Wait = null;
        Owed = met;
    }

    /// <summary>It knows that its round was met, and is in the next one.</summary>
    public void Advance()
    {
        Owed = null;
        Round++;
    }
}
