from ..a import value
name = __name__
package = __package__
