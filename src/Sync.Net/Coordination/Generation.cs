using Sync.Net.Wire;

namespace Sync.Net.Coordination;

/// <summary>One use of a session: who is needed, who has come, and how it ended.</summary>
/// <param name="number">Its number in the session.</param>
/// <param name="roster">Who is needed.</param>
internal sealed class Generation(long number, Roster roster) : Round(number)
{
    private Slot[] _slots = new Slot[roster.Count];

    public Roster Roster { get; private set; } = roster;

    /// <summary>How many members have contributed.</summary>
    public int Arrived { get; private set; }

    /// <summary>Waits by members that are not of the roster.</summary>
    public List<(Member Member, Request Request, EnterFlags Flags)> Observers { get; } = [];

    /// <summary>The first contract that a contribution named, and whose it was.</summary>
    public (string Member, string Contract)? Contract { get; set; }

    /// <summary>How many are still asked for a last sign of life before the release.</summary>
    public int Unconfirmed { get; private set; }

    public long KeptBytes { get; private set; }

    public bool IsEmpty => Arrived == 0 && Observers.Count == 0;

    public bool IsComplete => Arrived == Roster.Count;

    public ref Slot this[int position] => ref _slots[position];

    public Span<Slot> Slots => _slots;

    public void Arrive(int position, Member member, Request request, EnterFlags flags, TimeSpan now)
    {
        ref Slot slot = ref _slots[position];
        if (!slot.Contributed)
        {
            slot.Contributed = true;
            slot.At = now;
            slot.Order = ++Arrived;
        }
        slot.Member = member;
        slot.Waiter = request;
        slot.Flags = flags;
        request.Round = this;
    }

    /// <summary>The member at this position came earlier, before its generation was open.</summary>
    public void Since(int position, TimeSpan at)
    {
        if (position >= 0) _slots[position].At = at;
    }

    public void Observe(Member member, Request request, EnterFlags flags)
    {
        Observers.Add((member, request, flags));
        request.Round = this;
    }

    /// <summary>Whether one of those who have come asked for it.</summary>
    public bool AnyWants(EnterFlags flag)
    {
        foreach (ref Slot slot in _slots.AsSpan())
        {
            if ((slot.Flags & flag) != 0) return true;
        }
        return false;
    }

    /// <summary>Whether everybody here chose to wait for the return of a lost member; one who didn't is failed at once.</summary>
    public bool AllWaitForReturn()
    {
        foreach (ref Slot slot in _slots.AsSpan())
        {
            if (slot.Contributed && (slot.Flags & EnterFlags.WaitForReturn) == 0) return false;
        }
        return Observers.TrueForAll(each => (each.Flags & EnterFlags.WaitForReturn) != 0);
    }

    public void Keep(int position, ReadOnlyMemory<byte>? data, string? contract)
    {
        ref Slot slot = ref _slots[position];
        if (data is null) return;
        KeptBytes += data.Value.Length - (slot.Data?.Length ?? 0);
        slot.Data = data;
        slot.Contract = contract;
    }

    public void ForgetData()
    {
        KeptBytes = 0;
        foreach (ref Slot slot in _slots.AsSpan()) slot.Data = null;
    }

    /// <summary>Takes an arrival back, as if it had never been.</summary>
    public void Undo(int position)
    {
        int order = _slots[position].Order;
        if (!_slots[position].Contributed) return;
        _slots[position] = default;
        Arrived--;
        foreach (ref Slot other in _slots.AsSpan())
        {
            if (other.Order > order) other.Order--;
        }
    }

    /// <summary>If anybody wants it, everybody who waits and is connected is to be asked; the others can't answer, or need not.</summary>
    public void BeginConfirming()
    {
        bool isWanted = AnyWants(EnterFlags.ConfirmRelease);
        if (!isWanted && Unconfirmed == 0) return;
        // Anew: who wanted it may have gone since it was complete before.
        Unconfirmed = 0;
        foreach (ref Slot slot in _slots.AsSpan())
        {
            slot.Asked = isWanted && slot.Waiter is { IsOpen: true } && slot.Waiter.Agent.Link != 0;
            if (slot.Asked) Unconfirmed++;
        }
    }

    public void Confirm(int position)
    {
        if (!_slots[position].Asked) return;
        _slots[position].Asked = false;
        Unconfirmed--;
    }

    public void Decide(Outcome outcome)
    {
        Outcome = outcome;
        foreach (ref Slot slot in _slots.AsSpan())
        {
            if (slot.Told) continue;
            if (slot.Contributed) OwedContributors++;
            else OwedOthers++;
        }
    }

    /// <summary>How many that took part have not acknowledged the outcome.</summary>
    public int OwedContributors { get; private set; }

    /// <summary>How many of the roster never came to this generation and have not been told how it ended.</summary>
    public int OwedOthers { get; private set; }

    /// <summary>Nobody will ask for it any more; who acknowledges it yet settles nothing.</summary>
    public void Forget() => _slots = [];

    /// <summary>Settled with everybody, it was met, and nobody looked on: nothing refers to it any more.</summary>
    public bool MayBeUsedAgain => Outcome is Released && OwedContributors == 0 && OwedOthers == 0 && Observers.Count == 0;

    /// <summary>Becomes the next generation of as many members.</summary>
    public void BeginAgain(long number, Roster roster)
    {
        Begin(number);
        Roster = roster;
        Arrived = 0;
        Contract = null;
        Unconfirmed = 0;
        KeptBytes = 0;
        Array.Clear(_slots);
    }

    /// <summary>Settles what the member is owed, now or when the decision falls.</summary>
    public void Tell(int position)
    {
        // Forgotten before the member acknowledged it.
        if (_slots.Length == 0) return;
        ref Slot slot = ref _slots[position];
        if (slot.Told) return;
        slot.Told = true;
        if (Outcome is null) return;
        // Acknowledged, the request may begin anew.
        slot.Waiter = null;
        if (slot.Contributed) OwedContributors--;
        else OwedOthers--;
    }
}

/// <summary>One roster member's place in a generation.</summary>
internal struct Slot
{
    public bool Contributed;

    /// <summary>When it came, and as which, from 1.</summary>
    public TimeSpan At;
    public int Order;

    public Member? Member;
    public EnterFlags Flags;

    /// <summary>Its wait; null when only the contribution stands.</summary>
    public Request? Waiter;

    public ReadOnlyMemory<byte>? Data;
    public string? Contract;

    /// <summary>It has yet to answer the last question before the release.</summary>
    public bool Asked;

    /// <summary>It has acknowledged the outcome, or is owed none.</summary>
    public bool Told;
}
