using TwilioEmu.Carrier.Switching;

namespace TwilioEmu.Carrier.Handsets;

/// <summary>What a phone's owner does with what a channel shows, as stories and tests say it.</summary>
public abstract record TextDeed
{
    /// <summary>Taps the button that says this, in the newest text from the sender that has it.</summary>
    public sealed record Taps(string Title) : TextDeed;

    /// <summary>Picks the item called this, of the newest list from the sender that has it.</summary>
    public sealed record Picks(string Title) : TextDeed;

    /// <summary>Shares a place.</summary>
    public sealed record Shares(RichPlace Place) : TextDeed;

    private TextDeed() { }

    /// <summary>What it comes to on a phone; null where the phone shows no such thing.</summary>
    /// <param name="phone">Whose.</param>
    /// <param name="sender">Whom it answers.</param>
    /// <param name="fault">Why not, and what there is.</param>
    public RichAct? On(Handset phone, string sender, out string? fault)
    {
        fault = null;
        var shown = phone.Received.Where(t => t.From == sender && t.Content is not null).Reverse().ToList();
        switch (this)
        {
            case Shares(var place):
                return new RichAct.Share(place);
            case Taps(var title):
                if (shown.Find(t => t.Content!.Button(title) is not null) is { } text && text.Content!.Button(title) is { } button)
                {
                    if (button.Type == "QUICK_REPLY")
                    {
                        return new RichAct.Tap(title, button.Id ?? title, text.Content.IsTemplate, text.MessageSid);
                    }
                    fault = $"the button \"{title}\" leads to {button.Leads ?? button.Type}; nothing is sent";
                    return null;
                }
                fault = Missing(
                    "button", title, sender,
                    shown.SelectMany(t => t.Content!.Buttons.Concat(t.Content.Cards.SelectMany(c => c.Buttons))).Select(b => b.Title));
                return null;
            case Picks(var title):
                foreach (var list in shown)
                {
                    if (list.Content!.Items.FirstOrDefault(i => i.Title == title) is { } item)
                    {
                        return new RichAct.Pick(item, list.MessageSid);
                    }
                }
                fault = Missing("item", title, sender, shown.SelectMany(t => t.Content!.Items).Select(i => i.Title));
                return null;
            default:
                throw new InvalidOperationException($"no such deed: {GetType().Name}");
        }
    }

    private static string Missing(string what, string title, string sender, IEnumerable<string> titles)
    {
        var there = titles.Distinct().ToList();
        return $"nothing that {sender} sent has the {what} \"{title}\"; "
            + $"{(there.Count == 0 ? "there is none" : $"there is {string.Join(", ", there.Select(t => $"\"{t}\""))}")}";
    }
}
