using System.Globalization;
using Sync.Net.Wire;

namespace Sync.Net.Coordination;

/// <summary>
/// Who belongs to a group, as its first member declared it: named members, or seats by role that belong to their first ids, or
/// (an open group) whoever comes.
/// </summary>
/// <remarks>
/// It is declared as lines, each with tabs between its parts: <c>id</c> or <c>id, role</c> for a member;
/// <c>(nothing), role, count</c> for seats; <c>(nothing), (nothing), role</c> for an essential role. No line: an open group.
/// </remarks>
internal sealed class Roll
{
    private readonly Dictionary<string, string?> _members = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _seats = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _taken = new(StringComparer.Ordinal);
    private readonly HashSet<string> _essential = new(StringComparer.Ordinal);
    private Roster? _all;

    private Roll(Roster lines) => Lines = lines;

    /// <summary>What was declared.</summary>
    public Roster Lines { get; }

    /// <summary>Nobody else may take part.</summary>
    public bool IsClosed { get; private set; }

    /// <summary>The members whose ids are known, in ordinal order.</summary>
    public Roster Known => _all ??= Roster.Of(_members.Keys);

    /// <summary>All members; null while seats are free.</summary>
    public Roster? All => IsClosed && IsFull ? Known : null;

    public bool IsFull => _seats.All(seat => FreeIn(seat.Key) == 0);

    /// <summary>How many members there are to be.</summary>
    public long Size => _members.Count + _seats.Keys.Sum(role => (long)FreeIn(role));

    /// <summary>The roles of the declaration, in ordinal order.</summary>
    public IEnumerable<string> Roles =>
        _members.Values.OfType<string>().Concat(_seats.Keys).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);

    /// <summary>Reads a declaration; null, and what is wrong with it, when it is none.</summary>
    public static Roll? Of(Roster lines, out string? fault)
    {
        var roll = new Roll(lines) { IsClosed = lines.Members.Any(static line => !line.StartsWith("\t\t", StringComparison.Ordinal)) };
        fault = lines.Members.Select(roll.Take).FirstOrDefault(static each => each is not null);
        return fault is null ? roll : null;
    }

    /// <summary>Grows with each seat that is taken.</summary>
    public int Version { get; private set; }

    public bool Belongs(string id) => !IsClosed || _members.ContainsKey(id);

    public bool IsEssential(string? role) => role is not null && _essential.Contains(role);

    public string? RoleOf(string id) => _members.GetValueOrDefault(id);

    /// <summary>The member takes its place; if it has none, why.</summary>
    public string? Admit(string id, ref string? role)
    {
        if (!IsClosed) return null;
        if (_members.TryGetValue(id, out string? declared))
        {
            if (declared is not null && role is not null && declared != role)
                return $"{id} is declared as {declared}, and comes as {role}";
            role ??= declared;
            return null;
        }
        if (_seats.Count == 0) return $"{id} is not one of the group's members: {Known}{Like(id, Known.Members)}";
        if (role is null) return $"{id} has no role, and the group's seats are by role: {ToString()}";
        if (!_seats.ContainsKey(role)) return $"{id} comes as {role}, and the group's roles are {string.Join(", ", Roles)}{Like(role, Roles)}";
        if (FreeIn(role) == 0) return $"{id} comes as {role}, and all seats of that role are taken: {string.Join(", ", IdsOf(role))}";
        _members.Add(id, role);
        _taken[role] = _taken.GetValueOrDefault(role) + 1;
        Version++;
        _all = null;
        return null;
    }

    /// <summary>The ids that are known, of one role or of all.</summary>
    public IEnumerable<string> IdsOf(string? role) =>
        role is null ? Known.Members : Known.Members.Where(id => _members[id] == role);

    /// <summary>How many seats, of one role or of all, nobody has taken.</summary>
    public int FreeSeats(string? role) => role is null ? _seats.Keys.Sum(FreeIn) : _seats.ContainsKey(role) ? FreeIn(role) : 0;

    /// <summary>The seats, of one role or of all, that nobody has taken: as texts in the place of ids.</summary>
    public IEnumerable<string> FreeSeatNames(string? role) =>
        from seat in _seats
        where role is null || seat.Key == role
        from number in Enumerable.Range(seat.Value - FreeIn(seat.Key) + 1, FreeIn(seat.Key))
        select string.Create(CultureInfo.InvariantCulture, $"{seat.Key} (seat {number} of {seat.Value})");

    /// <summary>Who of all members is not there yet.</summary>
    public string[] LackedBy(Predicate<string> isThere) => [.. Known.Members.Where(id => !isThere(id)), .. FreeSeatNames(null)];

    /// <summary>The declaration, for people.</summary>
    public override string ToString() => Lines.Count == 0 ? "open" : string.Join(", ", Lines.Members.Select(Show));

    private int FreeIn(string role) => _seats[role] - _taken.GetValueOrDefault(role);

    /// <summary>Which of some names is nearly this one, for the end of a sentence; null if none is.</summary>
    public static string? Like(string name, IEnumerable<string> names) =>
        names.FirstOrDefault(each => Hints.AreAlike(each, name)) is { } like ? $" ({like} differs from it only in spelling)" : null;

    private string? Take(string line)
    {
        switch (line.Split('\t'))
        {
            case ["", "", { Length: > 0 } role]:
                _essential.Add(role);
                return null;
            case ["", { Length: > 0 } role, var text] when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int count) && count > 0:
                return _seats.TryAdd(role, count) ? null : $"the role {role} is declared twice";
            case [{ Length: > 0 } id]:
                return _members.TryAdd(id, null) ? null : $"the member {id} is declared twice";
            case [{ Length: > 0 } id, { Length: > 0 } role]:
                return _members.TryAdd(id, role) ? null : $"the member {id} is declared twice";
            default:
                return "a line of the declaration is malformed";
        }
    }

    private static string Show(string line) => line.Split('\t') switch
    {
        ["", "", var role] => $"{role} is essential",
        ["", var role, var count] => $"{role}*{count}",
        [var id, var role] => $"{id}={role}",
        _ => line,
    };
}
