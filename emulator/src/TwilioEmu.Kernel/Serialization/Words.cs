using System.Collections.Frozen;
using System.Runtime.CompilerServices;

namespace TwilioEmu.Kernel.Serialization;

/// <summary>The values of an enum and how each is spelt on the wire, both ways, in one table (enum converter).</summary>
/// <remarks>
/// A packed record keeps a value's place in it: add new values at the end of the enum. Spelling is one look into an array.
/// </remarks>
public sealed class Words<T>
    where T : struct, Enum
{
    private readonly T[] _values = Enum.GetValues<T>();
    private readonly string[] _spellings;
    private readonly FrozenDictionary<string, T> _read;
    private readonly bool _isDense;

    /// <summary>Spells every value by a table.</summary>
    /// <exception cref="ArgumentException">A value is not spelt, or two alike.</exception>
    public Words(params IReadOnlyList<(T Value, string Word)> table)
        : this(value =>
            table.SingleOrDefault(row => row.Value.Equals(value)).Word
                ?? throw new ArgumentException($"{typeof(T).Name} number {Convert.ToInt64(value)} has no word", nameof(table)))
    {
    }

    /// <summary>Spells every value by a function.</summary>
    public Words(Func<T, string> spell)
    {
        _spellings = [.. _values.Select(spell)];
        _read = _values.Zip(_spellings).ToFrozenDictionary(static pair => pair.Second, static pair => pair.First, StringComparer.Ordinal);
        _isDense = Enum.GetUnderlyingType(typeof(T)) == typeof(int)
            && _values.Select(static (value, i) => Convert.ToInt64(value) == i).All(static isPlace => isPlace);
    }

    /// <summary>In the order of the values.</summary>
    public IReadOnlyList<string> Spellings => _spellings;

    /// <summary>How a value is spelt.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is none of the enum's.</exception>
    public string Spell(T value) =>
        IndexOf(value) is var index && (uint)index < (uint)_spellings.Length
            ? _spellings[index]
            : throw new ArgumentOutOfRangeException(nameof(value), value, $"no {typeof(T).Name}");

    /// <summary>The value that a word means; letters must be as the table has them.</summary>
    public bool TryRead(string word, out T value) => _read.TryGetValue(word, out value);

    /// <summary>The value that a word means, or null.</summary>
    public T? Read(string word) => _read.TryGetValue(word, out var value) ? value : null;

    internal int IndexOf(T value) => _isDense ? Unsafe.As<T, int>(ref value) : Array.IndexOf(_values, value);

    internal T At(int index) =>
        index >= 0 && index < _values.Length
            ? _values[index]
            : throw new InvalidDataException($"there is no {typeof(T).Name} of number {index}");
}
