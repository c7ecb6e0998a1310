// The module unittest.mock: Mock, MagicMock, AsyncMock, patch, call, sentinel, ANY, mock_open, create_autospec.
// Behaviour: docs.python.org/3.11/library/unittest.mock.html.
import { definePythonModule } from "./python-source.ts";
import { MOCKING } from "./unittest/mocking.ts";
import { PATCHING } from "./unittest/patching.ts";

definePythonModule("unittest.mock", MOCKING + PATCHING);
