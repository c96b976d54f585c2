namespace TwilioEmu.Rest.Catalog;

/// <summary>Groups operations into collections, and collections under those whose instances they belong to.</summary>
internal static class CollectionTree
{
    public static IReadOnlyCollection<Collection> Grow(IReadOnlyList<Operation> operations)
    {
        // By normal form: list and instance paths name the same variable differently (Calls/{Sid}, Calls/{CallSid}/Events).
        var byForm = new Dictionary<string, Collection>(StringComparer.Ordinal);
        foreach (var operation in operations) NoteKey(byForm, operation);
        foreach (var operation in operations) byForm[ListForm(operation)].Add(operation);
        foreach (var (form, collection) in byForm) ParentOf(byForm, form)?.Adopt(collection);
        return byForm.Values;
    }

    private static void NoteKey(Dictionary<string, Collection> byForm, Operation operation)
    {
        var form = ListForm(operation);
        var path = WithoutExtension(operation.Path);
        var isInstance = path.EndsWith('}');
        if (byForm.TryGetValue(form, out var known) && (known.KeyName is not null || !isInstance)) return;
        var listPath = isInstance ? path[..path.LastIndexOf('/')] : path;
        byForm[form] = new Collection(listPath, isInstance ? path[(path.LastIndexOf('/') + 2)..^1] : null);
    }

    private static Collection? ParentOf(Dictionary<string, Collection> byForm, string form)
    {
        for (var end = form.LastIndexOf("/{}", StringComparison.Ordinal); end > 0; end = form[..end]
            .LastIndexOf("/{}", StringComparison.Ordinal))
        {
            if (byForm.TryGetValue(form[..end], out var parent)) return parent;
        }
        return null;
    }

    private static string ListForm(Operation operation)
    {
        var form = Form(WithoutExtension(operation.Path));
        return form.EndsWith("/{}", StringComparison.Ordinal) ? form[..^3] : form;
    }

    private static string WithoutExtension(string path) => path.EndsWith(".json", StringComparison.Ordinal) ? path[..^5] : path;

    private static string Form(string path) =>
        string.Join('/', path.Split('/').Select(s => s.StartsWith('{') ? "{}" : s));
}
