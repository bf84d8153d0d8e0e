namespace Sync.Net.Wire;

/// <summary>One start of a server: a number that grows and a random id. Named in every frame.</summary>
internal readonly record struct Term(uint Number, ulong Id)
{
    /// <summary>What a member names before it has met a server.</summary>
    public static Term None => default;
}
