namespace TwilioEmu.Kernel.Looping;

/// <summary>
/// Lets what was asked of the outside come back in the order it was asked: an early answer waits for those asked before it.
/// </summary>
/// <remarks>
/// Loop-confined. All that is asked at one instant of virtual time comes back at that instant; which answer is there first is the
/// machine's doing, and must not show in the journal.
/// </remarks>
internal sealed class Returns(WorldLoop loop)
{
    private readonly LinkedList<Place> _places = [];
    private int _asks;

    /// <summary>Something was begun and has not come back.</summary>
    public bool IsAny => _places.Count > 0;

    /// <summary>Some of it is an app that thinks, which may itself have something to do before it answers.</summary>
    public bool IsAnyAsked => _asks > 0;

    /// <summary>Takes a place in the order of asking.</summary>
    /// <param name="isAsk">Somebody outside is asked; false where it is work of our own.</param>
    public Place Enter(bool isAsk)
    {
        var place = new Place(new Signal<bool>(loop), isAsk);
        _places.AddLast(place);
        if (isAsk) _asks++;
        return place;
    }

    /// <summary>The answer is there; completes when all that was asked before has come back as well.</summary>
    public Task ReturnAsync(Place place)
    {
        place.IsBack = true;
        while (_places.First is { Value: { IsBack: true } next })
        {
            _places.RemoveFirst();
            if (next.IsAsk) _asks--;
            next.Turn.TrySet(true);
        }
        return place.Turn.Task;
    }

    /// <summary>One that was asked, or a piece of work.</summary>
    internal sealed class Place(Signal<bool> turn, bool isAsk)
    {
        public Signal<bool> Turn { get; } = turn;

        public bool IsAsk { get; } = isAsk;

        public bool IsBack { get; set; }
    }
}
