using TwilioEmu.Messaging.Mms;

namespace TwilioEmu.Messaging.Tests.Mms;

public sealed class MediaShelfTests
{
    [Fact]
    public void What_lies_there_longest_goes_where_more_comes_than_it_holds()
    {
        var shelf = new MediaShelf(capacity: 25);
        var names = Enumerable.Range(0, 3).Select(i => shelf.Put(Enumerable.Repeat((byte)i, 10).ToArray())).ToList();
        names.Select(n => shelf.Find(n) is not null).Should().Equal(false, true, true);
        shelf.Put(new byte[26]);
        names.Select(shelf.Find).Should().OnlyContain(f => f == null);
    }

    [Fact]
    public void The_same_bytes_are_kept_once()
    {
        var shelf = new MediaShelf(capacity: 25);
        for (var i = 0; i < 5; i++) shelf.Put(new byte[20]);
        shelf.Find(MediaShelf.NameOf(new byte[20]))!.Value.Length.Should().Be(20);
    }
}
