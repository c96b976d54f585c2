namespace TwilioEmu.Kernel.Store;

/// <summary>The values of an enum and how each is spelt, in one table.</summary>
/// <remarks>A packed record keeps a value's place in it: add new values at the end of the enum.</remarks>
public sealed class Words<T>
    where T : struct, Enum
{
    private readonly T[] _values = Enum.GetValues<T>();

    /// <summary>Spells every value.</summary>
    public Words(Func<T, string> spell) => Spellings = [.. _values.Select(spell)];

    /// <summary>In the order of the values.</summary>
    public IReadOnlyList<string> Spellings { get; }

    /// <summary>How a value is spelt.</summary>
    public string Spell(T value) => Spellings[IndexOf(value)];

    internal int IndexOf(T value) => Array.IndexOf(_values, value);

    internal T At(int index) => index >= 0 && index < _values.Length ? _values[index] : throw new InvalidDataException($"there is no {typeof(T).Name} of number {index}");
}
