using System.Collections;
using TwilioEmu.Kernel.Journal;

namespace TwilioEmu.Carrier.Handsets;

/// <summary>
/// The last so many of something that a phone remembers, oldest first; while there is none it costs nothing, and one alone (most phones
/// are texted once) no list. What the <see cref="PhoneMemory"/> had to forget is not among them.
/// </summary>
internal struct Recent<T>
    where T : class, IEntryData
{
    private PhoneMemory.Place? _newest;
    private Queue<PhoneMemory.Place>? _all;

    /// <summary>What is remembered now, read when it is looked at.</summary>
    public IReadOnlyList<T> Items(PhoneMemory memory, DataForm form)
    {
        Forget(memory);
        return _all is { Count: > 0 } all ? new View(memory, form, [.. all])
            : _newest is { } only ? new View(memory, form, [only])
            : [];
    }

    /// <summary>How many there are.</summary>
    public int Count(PhoneMemory memory)
    {
        Forget(memory);
        return _all is { Count: > 0 } all ? all.Count : _newest is null ? 0 : 1;
    }

    /// <summary>The last of them; null while there is none.</summary>
    public T? Newest(PhoneMemory memory, DataForm form)
    {
        Forget(memory);
        return _newest is { } newest ? (T)memory.Read(newest, form) : null;
    }

    public void Add(PhoneMemory memory, T item, int max) => Add(memory, memory.Put(item), max);

    /// <summary>Takes over what is remembered already.</summary>
    public void Add(PhoneMemory memory, PhoneMemory.Place place, int max)
    {
        Forget(memory);
        if (_newest is { } before)
        {
            if (_all is null) (_all = new Queue<PhoneMemory.Place>(2)).Enqueue(before);
            if (_all.Count == max) _all.Dequeue();
            _all.Enqueue(place);
        }
        else
        {
            // What there was is forgotten, if anything was.
            _all = null;
        }
        _newest = place;
    }

    // The oldest goes first everywhere.
    private void Forget(PhoneMemory memory)
    {
        if (_newest is { } newest && !memory.Has(newest)) _newest = null;
        while (_all is not null && _all.TryPeek(out var oldest) && !memory.Has(oldest)) _all.Dequeue();
    }

    private sealed class View(PhoneMemory memory, DataForm form, PhoneMemory.Place[] places) : IReadOnlyList<T>
    {
        public int Count => places.Length;

        public T this[int index] => (T)memory.Read(places[index], form);

        public IEnumerator<T> GetEnumerator()
        {
            foreach (var place in places) yield return (T)memory.Read(place, form);
        }

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
