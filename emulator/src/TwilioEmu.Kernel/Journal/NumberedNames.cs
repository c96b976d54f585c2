namespace TwilioEmu.Kernel.Journal;

/// <summary>Gives names that many entries share a number each, from 1 on.</summary>
/// <remarks>
/// The loop alone numbers, any thread reads a number it was handed. There are as many as there are kinds, accounts and forms.
/// </remarks>
internal sealed class NumberedNames<T>
    where T : class
{
    private readonly Dictionary<T, int> _numbers;
    private volatile T[] _names = new T[16];
    private T? _last;
    private int _numberOfLast;

    public NumberedNames(IEqualityComparer<T> comparer) => _numbers = new Dictionary<T, int>(comparer);

    /// <summary>The name of a number.</summary>
    public T this[int number] => _names[number];

    public int NumberOf(T name)
    {
        // Entries that follow each other have much in common.
        if (ReferenceEquals(name, _last)) return _numberOfLast;
        if (!_numbers.TryGetValue(name, out var number))
        {
            number = _numbers.Count + 1;
            _numbers.Add(name, number);
            var names = _names;
            if (number == names.Length) Array.Resize(ref names, 2 * number);
            names[number] = name;
            _names = names;
        }
        (_last, _numberOfLast) = (name, number);
        return number;
    }
}
