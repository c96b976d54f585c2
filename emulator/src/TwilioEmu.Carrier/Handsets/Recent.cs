namespace TwilioEmu.Carrier.Handsets;

/// <summary>The last so many of something, oldest first; while there is none it costs nothing.</summary>
internal struct Recent<T>
{
    private Queue<T>? _items;

    public readonly IReadOnlyCollection<T> Items => (IReadOnlyCollection<T>?)_items ?? [];

    public void Add(T item, int max)
    {
        _items ??= new Queue<T>(1);
        if (_items.Count == max) _items.Dequeue();
        _items.Enqueue(item);
    }
}
