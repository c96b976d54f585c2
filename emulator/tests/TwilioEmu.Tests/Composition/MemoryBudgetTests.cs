using TwilioEmu.Composition;

namespace TwilioEmu.Tests.Composition;

public sealed class MemoryBudgetTests
{
    private const long Mega = 1024 * 1024;

    [Theory]
    [InlineData(128)]
    [InlineData(512)]
    [InlineData(2_048)]
    [InlineData(65_536)]
    public void What_is_kept_leaves_room_for_requests(long megabytes)
    {
        var budget = new MemoryBudget(megabytes * Mega);
        (budget.JournalBytes + budget.LiveBytes + budget.MediaBytes + budget.PhoneBytes + (budget.Records * 512L))
            .Should().BeLessThanOrEqualTo(budget.Bytes * 7 / 8);
    }

    [Theory]
    [InlineData(512, 32)]
    [InlineData(4_096, 256)]
    [InlineData(65_536, 256)]
    public void Files_and_phones_have_a_sixteenth_each_and_a_quarter_of_a_gigabyte_at_most(long megabytes, long most)
    {
        var budget = new MemoryBudget(megabytes * Mega);
        budget.MediaBytes.Should().Be(most * Mega);
        budget.PhoneBytes.Should().Be(most * Mega);
    }
}
